import type { ExitReason, Outcome, OutcomeKind } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { cancelInput, failQueuedInput, loseContainer } from '../input/input.decide.js';
import {
  isPlatformsFault,
  judgeFailedStart,
  LONGEST_OUTAGE_MS,
} from '../policies/starts/judge-failed-start.js';
import { judgeWorker } from '../policies/starts/judge-worker.js';
import { endTask, type TaskEnd } from '../task/task.decide.js';
import type { Task } from '../task/task.state.js';
import { answerPoll } from './assign-inputs.js';

/** Ends a container and settles what it leaves: its inputs run again or fail, and a start that cannot work fails those that wait for it. */
export const applyTaskEnd = (
  engine: Engine,
  task: Task,
  end: TaskEnd & Readonly<{ initFailure?: Outcome }>,
  at: Instant,
): void => {
  if (task.status === 'ended') return;
  const { initFailure, ...recorded } = end;
  const [event] = engine.record(endTask(task, recorded), at);
  const reason = event?.type === 'task-ended' ? event.data.reason : end.reason;
  answerPoll(engine, task.taskId, { inputs: [], exit: true });
  engine.presence.idleSince.delete(task.taskId);
  const policy = engine.state.resolve(task.functionId)?.spec.retryPolicy;
  for (const inputId of [...engine.state.running(task.taskId)]) {
    const input = engine.state.inputs.get(inputId);
    if (input?.status !== 'running') continue;
    const cancelled = engine.state.calls.get(input.callId)?.cancelled === true;
    engine.record(
      cancelled
        ? cancelInput(input, 'the call was cancelled')
        : loseContainer(input, reason, end.message, policy, at),
      at,
    );
  }
  engine.state.runningOfTask.delete(task.taskId);
  const wasReady = task.readyAt !== undefined || engine.state.usedTasks.has(task.taskId);
  if (!wasReady) failStart(engine, task, reason, end.message, initFailure, at);
};

const failStart = (
  engine: Engine,
  task: Task,
  reason: ExitReason,
  message: string | undefined,
  initFailure: Outcome | undefined,
  at: Instant,
): void => {
  if (NO_FAULT.has(reason)) return;
  const pace = engine.presence.pace(task.functionId);
  const othersRun = engine.state.liveTasks(task.functionId).some((other) => other.status === 'ready');
  const saidWhy = initFailure !== undefined;
  const failed = { reason, beganAt: task.createdAt, saidWhy, othersRun };
  if (isPlatformsFault(failed)) blameWorker(engine, task, message ?? reason, at);
  const judged = judgeFailedStart(pace.startTrouble, failed, at);
  pace.startTrouble = judged.trouble;
  if (!judged.giveUp) return;
  const outcome: Outcome = initFailure ?? {
    kind: KINDS[reason] ?? 'init-failure',
    exception:
      reason === 'platform-error'
        ? `no container could be started for ${LONGEST_OUTAGE_MS / 60_000} minutes: ${message ?? reason}`
        : (message ?? `the container could not be started: ${reason}`),
  };
  engine.presence.web.fail(task.functionId, {
    kind: 'start-failed',
    message: `its container did not start: ${outcome.exception ?? reason}`,
  });
  for (const inputId of [...engine.state.queue(task.functionId)]) {
    const input = engine.state.inputs.get(inputId);
    if (input?.status === 'queued') engine.record(failQueuedInput(input, outcome), at);
  }
};

const blameWorker = (engine: Engine, { workerId, createdAt }: Task, message: string, at: Instant): void => {
  const known = engine.presence.workerTroubles.get(workerId);
  engine.noteTrouble(workerId, judgeWorker(known, { beganAt: createdAt, message }, at));
};

/** Ends that say nothing about whether the next start would work. */
const NO_FAULT: ReadonlySet<ExitReason> = new Set([
  'host-lost',
  'app-stopped',
  'stopped',
  'idle',
  'cancelled',
]);
const KINDS: Partial<Record<ExitReason, OutcomeKind>> = {
  'out-of-memory': 'out-of-memory',
  'disk-full': 'disk-full',
};
