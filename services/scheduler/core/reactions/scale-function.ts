import {
  demandKeyOf,
  demandShapeOf,
  type AutoscalerSettings,
  type FunctionId,
  type TaskId,
} from '@slipway/contracts';
import { isRefusal, type Instant } from '@slipway/kernel';
import { ended } from '../app/app.decide.js';
import type { App } from '../app/app.state.js';
import type { Engine } from '../engine.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import { chooseIdleToStop } from '../policies/autoscaling/choose-idle-to-stop.js';
import { desiredContainers } from '../policies/autoscaling/desired-containers.js';
import { hasRoom } from '../policies/placement/has-room.js';
import { placePassingOver } from '../policies/placement/place-passing-over.js';
import { mayStartAgain } from '../policies/starts/judge-failed-start.js';
import { requestTaskStop } from '../task/task.decide.js';
import { retireOutdated } from '../web/retire-outdated.js';
import type { LiveTask } from '../task/task.state.js';
import { isLeaving } from './is-leaving.js';
import { askToStart, failForMoney } from './keep-within-budget.js';
import { candidates } from './list-candidates.js';
import { loadOf } from './load-of.js';

/** Starts the containers that a function lacks, as far as there is room, and stops those that were idle for long. */
export const scaleFunction = (engine: Engine, functionId: FunctionId, at: Instant): void => {
  const fn = engine.state.resolve(functionId);
  const app = fn && engine.state.apps.get(fn.appId);
  if (fn === undefined || app === undefined || ended(app)) {
    engine.shortFunctions.delete(functionId);
    engine.lackingRoom.delete(functionId);
    return;
  }
  const live = engine.state
    .liveTasks(functionId)
    .filter((task) => task.status !== 'stopping' && !isLeaving(engine, task));
  const desired = isWanted(engine, fn, app)
    ? desiredContainers(loadOf(engine, fn, live, at), fn.spec.autoscaler)
    : live.length;
  let missing = desired - live.length;
  const starts = mayStart(engine, functionId, at);
  while (missing > 0 && starts) {
    const money = askToStart(engine, fn, missing, at);
    if (money.kind === 'refused' && live.length === 0) failForMoney(engine, fn, money.message, at);
    if (money.kind === 'waiting' || money.kind === 'refused') break;
    if (!startContainer(engine, fn, at, money.kind === 'held' ? money.taskId : undefined)) break;
    if (money.kind === 'held') engine.ports.spend?.started(money.taskId);
    missing -= 1;
  }
  if (missing > 0) engine.shortFunctions.add(functionId);
  else engine.shortFunctions.delete(functionId);
  noteRoom(engine, fn, starts ? missing : 0, at);
  stopIdle(engine, fn, live, at);
  retireOutdated(engine, functionId, at);
};

/** A function has containers of its own accord only in a running app of whose version it is a part; inputs that wait always count. */
const isWanted = ({ state }: Engine, fn: ResolvedFunction, app: App): boolean =>
  state.queue(fn.functionId).size > 0 ||
  fn.spec.purpose === 'build' ||
  (app.status === 'running' && fn.place === 'served');

const mayStart = ({ state, presence }: Engine, functionId: FunctionId, at: Instant): boolean =>
  mayStartAgain(
    presence.pace(functionId).startTrouble,
    state.queue(functionId).size > 0 || presence.web.demand(functionId, at).waiting > 0,
    at,
  );

const startContainer = (engine: Engine, fn: ResolvedFunction, at: Instant, heldId?: TaskId): boolean => {
  const { resources } = fn.spec;
  const demandKey = demandKeyOf(demandShapeOf(fn.spec));
  const workers = candidates(engine, fn.spec, demandKey, at);
  const flows = engine.presence.placementPlan?.flowsOf(demandKey, at);
  const chosen = placePassingOver(resources, workers, flows);
  if (chosen === undefined) return false;
  const worker = engine.state.workers.get(chosen.workerId);
  if (worker === undefined) return false;
  engine.record(
    [
      {
        type: 'task-created',
        data: {
          taskId: heldId ?? engine.ports.newTaskId(),
          functionId: fn.functionId,
          appId: fn.appId,
          workspaceId: fn.workspaceId,
          workerId: worker.workerId,
          bootId: worker.bootId,
          gpuIndexes: chosen.gpuIndexes,
          definitionId: fn.definitionId,
          definitionDigest: fn.definitionDigest,
          appVersion: fn.appVersion,
          milliCpu: resources.milliCpu,
          memoryMiB: resources.memoryMiB,
          demandKey,
          ...(chosen.placedBy === undefined ? {} : { placedBy: chosen.placedBy }),
          ...(chosen.couldNotFollow === undefined ? {} : { couldNotFollow: chosen.couldNotFollow }),
        },
      },
    ],
    at,
  );
  return true;
};

/** Remembers how many containers found no room; workers that are only busy starting others are no lack of it. */
const noteRoom = (engine: Engine, fn: ResolvedFunction, missing: number, at: Instant): void => {
  const { lackingRoom } = engine;
  const demandKey = demandKeyOf(demandShapeOf(fn.spec));
  if (missing <= 0 || hasRoom(fn.spec.resources, candidates(engine, fn.spec, demandKey, at))) {
    lackingRoom.delete(fn.functionId);
    return;
  }
  const known = lackingRoom.get(fn.functionId);
  lackingRoom.set(fn.functionId, { since: at, ...known, containers: missing, demandKey });
};

/** A function that a deployment took away keeps no container. */
const GONE: AutoscalerSettings = {
  minContainers: 0,
  maxContainers: 0,
  bufferContainers: 0,
  scaledownWindowMs: 0,
};

const stopIdle = (engine: Engine, fn: ResolvedFunction, live: readonly LiveTask[], at: Instant): void => {
  const { state, presence } = engine;
  if (state.queue(fn.functionId).size > 0 || presence.web.demand(fn.functionId, at).waiting > 0) return;
  const isBusy = (task: LiveTask): boolean =>
    state.running(task.taskId).size > 0 || presence.web.insideOf(task.taskId) > 0;
  const idle = live.flatMap((task) => {
    const idleSince = presence.idleSince.get(task.taskId);
    return task.status === 'ready' && !isBusy(task) && idleSince !== undefined
      ? [{ taskId: task.taskId, idleSince }]
      : [];
  });
  const busy = live.filter(isBusy).length;
  const settings = fn.place === 'removed' ? GONE : fn.spec.autoscaler;
  for (const taskId of chooseIdleToStop(idle, live.length, busy, settings, at)) {
    const task = state.tasks.get(taskId);
    const decision = task === undefined ? [] : requestTaskStop(task, 'drain', 'idle');
    if (!isRefusal(decision)) engine.record(decision, at);
  }
};
