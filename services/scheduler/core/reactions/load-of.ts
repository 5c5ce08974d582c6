import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import type { Load } from '../policies/autoscaling/desired-containers.js';
import type { LiveTask } from '../task/task.state.js';

/** What a start is taken to cost before the first one of a function was seen. */
const USUAL_START_MS = 1_000;

/**
 * What the containers `live` have to do, those that stay and take more. What runs in others, which are told to stop or whose version
 * or host is over, ends there: it is nothing for new ones. Web requests alone move to them, so they count until their container stops.
 */
export const loadOf = (
  engine: Engine,
  fn: ResolvedFunction,
  live: readonly LiveTask[],
  at: Instant,
): Load => {
  const { state, presence } = engine;
  const pace = presence.pace(fn.functionId);
  const web = presence.web.demand(fn.functionId, at);
  const runningInputs = live.reduce((sum, { taskId }) => sum + state.running(taskId).size, 0);
  return {
    queuedInputs: state.queue(fn.functionId).size,
    runningInputs,
    webRequests: web.waiting + Math.max(web.active - insideStopping(engine, fn), takenIn(engine, live)),
    longestWaitMs: Math.max(longestWaitMs(engine, fn, at), at - (web.waitingSince ?? at)),
    liveContainers: live.length,
    inputsPerContainer: inputsPerContainer(fn),
    averageInputMs: fn.spec.lifetime === 'single-input' ? undefined : pace.averageInputMs,
    averageStartMs: pace.averageStartMs ?? USUAL_START_MS,
  };
};

/** A batch runs as a whole; otherwise the concurrency target counts. */
export const inputsPerContainer = ({ spec }: ResolvedFunction): number =>
  Math.max(1, spec.batch?.maxSize ?? 1, spec.autoscaler.targetConcurrency ?? spec.targetConcurrentInputs);

/** A place may stay taken when the gateway has the whole answer: user code has not ended, or the client left. */
const takenIn = ({ presence }: Engine, live: readonly LiveTask[]): number =>
  live.reduce((sum, { taskId }) => sum + presence.web.takenIn(taskId), 0);

const insideStopping = ({ state, presence }: Engine, { functionId }: ResolvedFunction): number =>
  state
    .liveTasks(functionId)
    .filter((task) => task.status === 'stopping')
    .reduce((sum, { taskId }) => sum + presence.web.insideOf(taskId), 0);

/** How long the first of the inputs that may run has waited for a container. */
const longestWaitMs = ({ state }: Engine, { functionId }: ResolvedFunction, at: Instant): number => {
  for (const inputId of state.queue(functionId).due(at)) {
    const input = state.inputs.get(inputId);
    if (input?.status === 'queued') return Math.max(0, at - input.availableAt);
  }
  return 0;
};
