import { isRefusal, type Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import { failQueuedInput } from '../input/input.decide.js';
import {
  extendCoverMs,
  inputCoverMs,
  renewBelowMs,
  startCoverMs,
  STOP_MARGIN_MS,
} from '../policies/spending/covered-time.js';
import { spendCeiling } from '../policies/spending/spend-ceiling.js';
import type { SpendWant, StartAnswer } from '../policies/spending/spend-gate.js';
import { requestTaskStop } from '../task/task.decide.js';
import type { LiveTask } from '../task/task.state.js';

const wantOf = ({ state }: Engine, fn: ResolvedFunction): SpendWant => ({
  workspaceId: fn.workspaceId,
  environment: state.apps.get(fn.appId)?.environment ?? '',
  key: `${fn.functionId} ${fn.definitionId}`,
  ceiling: spendCeiling(
    fn.spec.resources,
    [...state.workers.values()].filter(({ status }) => status === 'present').map(({ capacity }) => capacity),
  ),
});

/** Whether there is money for one more container of a function; under a budget the task gets the id that it is held for. */
export const askToStart = (
  engine: Engine,
  fn: ResolvedFunction,
  missing: number,
  at: Instant,
): StartAnswer => {
  const { spend } = engine.ports;
  const environment = engine.state.apps.get(fn.appId)?.environment ?? '';
  if (spend === undefined || !spend.isCapped(fn.workspaceId, environment)) return { kind: 'free' };
  return spend.start(wantOf(engine, fn), startCoverMs(fn.spec), missing, at);
};

/** Whether an input that is given to the container now is certain to end before its money does. */
export const isCovered = (engine: Engine, task: LiveTask, at: Instant): boolean => {
  const { spend } = engine.ports;
  const environment = engine.state.apps.get(task.appId)?.environment ?? '';
  if (spend === undefined || !spend.isCapped(task.workspaceId, environment)) return true;
  const fn = engine.state.resolve(task.functionId);
  if (fn === undefined) return true;
  return spend.coveredUntil(task.taskId) >= at + inputCoverMs(fn.spec);
};

/** Nothing can be started for them any more: those that wait are told so, with the figures. */
export const failForMoney = (engine: Engine, fn: ResolvedFunction, message: string, at: Instant): void => {
  engine.presence.web.fail(fn.functionId, { kind: 'start-failed', message });
  for (const inputId of [...engine.state.queue(fn.functionId)]) {
    const input = engine.state.inputs.get(inputId);
    if (input?.status !== 'queued') continue;
    engine.record(failQueuedInput(input, { kind: 'init-failure', exception: message }), at);
  }
};

/** Has the money of running containers last; those for which there is no more finish their inputs, as long as what they have lasts, and end. */
export const keepWithinBudget = (engine: Engine, at: Instant): void => {
  const { spend } = engine.ports;
  if (spend === undefined) return;
  for (const task of engine.state.tasks.values()) {
    if (task.status === 'ended' || (task.status === 'stopping' && task.how !== 'drain')) continue;
    const environment = engine.state.apps.get(task.appId)?.environment ?? '';
    if (!spend.isCapped(task.workspaceId, environment)) continue;
    const fn = engine.state.resolve(task.functionId);
    if (fn === undefined) continue;
    const covered = spend.coveredUntil(task.taskId);
    if (task.status !== 'stopping' && covered < at + renewBelowMs(fn.spec))
      spend.extend(task.taskId, wantOf(engine, fn), at + extendCoverMs(fn.spec), at);
    const isRefused = spend.refusal(task.taskId) !== undefined;
    const lasts = covered >= at + STOP_MARGIN_MS;
    if (!isRefused && (lasts || covered === 0)) continue;
    const decision = requestTaskStop(task, lasts ? 'drain' : 'graceful', 'stopped');
    if (!isRefusal(decision)) engine.record(decision, at);
  }
};
