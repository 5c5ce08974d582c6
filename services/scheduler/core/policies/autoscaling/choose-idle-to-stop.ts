import type { AutoscalerSettings, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

export type IdleContainer = Readonly<{ taskId: TaskId; idleSince: Instant }>;

/** When an idle container is stopped: after the scale-down window, longest idle first, never below the minimum nor the buffer. */
export const chooseIdleToStop = (
  idle: readonly IdleContainer[],
  liveContainers: number,
  busyContainers: number,
  settings: AutoscalerSettings,
  at: Instant,
): readonly TaskId[] => {
  const kept = Math.max(
    settings.minContainers,
    busyContainers > 0 ? busyContainers + settings.bufferContainers : 0,
  );
  return idle
    .filter((container) => at - container.idleSince >= settings.scaledownWindowMs)
    .toSorted((a, b) => a.idleSince - b.idleSince)
    .slice(0, Math.max(0, liveContainers - kept))
    .map((container) => container.taskId);
};
