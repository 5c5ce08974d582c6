import type { AppId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { endsWithClient, endsWithItsWork, requestAppStop } from '../app/app.decide.js';
import type { App } from '../app/app.state.js';
import type { Engine } from '../engine.js';
import { couldHear } from '../policies/leases/could-hear.js';
import { CLIENT_LEFT } from '../presence.js';
import { loseWorker, WORKER_LEASE_MS } from '../worker/worker.decide.js';
import { answerPoll } from './assign-inputs.js';
import { applyTaskEnd } from './end-task.js';
import { hasWork } from './has-work.js';

/** An app that ends with its client, and whose client was silent for so long, is stopped; clients send a heartbeat every 15 seconds. */
export const APP_LEASE_MS = 3 * 60_000;

/** The first of several clients that deploy an app for the first time has left: so long another one may be silent. */
const OTHERS_LEASE_MS = 45_000;

/** Everything that ends by the clock: long polls, silent workers, apps whose client is gone. Silence counts only while somebody could be heard. */
export const expire = (engine: Engine, at: Instant): void => {
  const { presence, ports } = engine;
  if (!couldHear({ lookedAt: presence.lookedAt, busHeardAt: ports.busHeardAt() }, at))
    presence.pardonSilence(at);
  presence.lookedAt = at;
  for (const [taskId, poll] of presence.polls)
    if (poll.expiresAt <= at) answerPoll(engine, taskId, { inputs: [], exit: false });
  for (const worker of engine.state.workers.values()) {
    const contact = presence.workers.get(worker.workerId);
    if (worker.status === 'present' && contact !== undefined && at - contact.lastSyncAt > WORKER_LEASE_MS)
      giveUpWorker(engine, worker.workerId, `it was silent for ${WORKER_LEASE_MS / 1000} s`, at);
  }
  for (const app of engine.state.apps.values()) {
    const heartbeatAt = presence.appHeartbeats.get(app.appId) ?? app.createdAt;
    if (at - heartbeatAt <= APP_LEASE_MS) continue;
    if (endsWithClient(app)) engine.record(requestAppStop(app, 'the client that ran it is gone'), at);
    else if (endsWithItsWork(app) && !hasWork(engine, app))
      engine.record(requestAppStop(app, 'its client is gone and its work is done'), at);
  }
};

/** The client says that it leaves: nobody waits any longer for its next heartbeat. */
export const forgetClient = ({ presence }: Engine, appId: AppId): void => {
  presence.appHeartbeats.set(appId, CLIENT_LEFT);
};

/** A client goes on in an app that another one deploys for the first time: that one's leaving does not end it. */
export const joinDeployment = ({ presence, ports }: Engine, app: App): void => {
  presence.sharedDeployments.add(app.appId);
  presence.appHeartbeats.set(app.appId, ports.now());
};

/** One of them leaves: the app ends if none of the others is heard of soon. */
export const leaveDeployment = ({ presence, ports }: Engine, app: App): void => {
  presence.appHeartbeats.set(app.appId, ports.now() - APP_LEASE_MS + OTHERS_LEASE_MS);
};

/** What becomes of the containers of a lost worker: they end as `host-lost`, which puts their inputs back into the queue. */
export const giveUpWorker = (engine: Engine, workerId: string, reason: string, at: Instant): void => {
  const worker = engine.state.workers.get(workerId);
  if (worker === undefined) return;
  engine.record(loseWorker(worker, reason), at);
  engine.presence.workers.delete(workerId);
  endTasksOf(engine, workerId, `the worker ${workerId} is gone: ${reason}`, at);
};

/** Ends the tasks of a worker, or only those of its earlier boots. */
export const endTasksOf = (
  engine: Engine,
  workerId: string,
  message: string,
  at: Instant,
  exceptBootId?: string,
): void => {
  for (const taskId of [...(engine.state.tasksOfWorker.get(workerId) ?? [])]) {
    const task = engine.state.tasks.get(taskId);
    if (task !== undefined && task.bootId !== exceptBootId)
      applyTaskEnd(engine, task, { reason: 'host-lost', message }, at);
  }
};
