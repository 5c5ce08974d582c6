import type { AutoscalerSettings } from '@slipway/contracts';

export type Load = Readonly<{
  queuedInputs: number;
  runningInputs: number;
  /** Web requests that wait, and those that take a place in a container. */
  webRequests: number;
  /** How long the first of the queue has waited, or a web request. */
  longestWaitMs: number;
  /** Containers that are starting or ready. */
  liveContainers: number;
  /** Inputs that one container works on at once: the concurrency target, or the batch size. */
  inputsPerContainer: number;
  /** How long recent inputs of the function ran; undefined before the first one has finished. */
  averageInputMs: number | undefined;
  /** How long recent containers of the function took to start. */
  averageStartMs: number;
}>;

/**
 * How many containers a function should have. Every input that runs or waits has its place, except that
 * a backlog which the live containers work off before a new one could start calls for none. Averages may be
 * wrong about what runs just now (it may even wait for what is queued), so an input that waits for longer gets its place.
 */
export const desiredContainers = (load: Load, settings: AutoscalerSettings): number => {
  const needed = Math.ceil(
    (load.queuedInputs + load.runningInputs + load.webRequests) / load.inputsPerContainer,
  );
  const isBrief = load.liveContainers > 0 && load.longestWaitMs < (settings.scaleupWindowMs ?? 0);
  const worth = isBrief ? load.liveContainers : Math.max(load.liveContainers, worthStarting(load));
  const wanted = Math.min(needed, worth);
  const buffered = needed > 0 ? wanted + settings.bufferContainers : wanted;
  const atLeast = Math.max(buffered, settings.minContainers);
  return settings.maxContainers > 0 ? Math.min(atLeast, settings.maxContainers) : atLeast;
};

/** As many as finish the backlog in the time of one start, and a place for each web request: the averages are of inputs alone. */
const worthStarting = (load: Load): number => {
  if (load.averageInputMs === undefined || load.liveContainers === 0) return Number.POSITIVE_INFINITY;
  if (load.longestWaitMs > load.averageStartMs) return Number.POSITIVE_INFINITY;
  const workMs = (load.queuedInputs + load.runningInputs) * load.averageInputMs;
  return Math.ceil((workMs / load.averageStartMs + load.webRequests) / load.inputsPerContainer);
};
