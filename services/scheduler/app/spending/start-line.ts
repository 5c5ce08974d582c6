import type { SpendCeiling } from '@slipway/contracts';
import type { StartAnswer } from '@slipway/scheduler-core';

/** A hold that waits for its container, and what that may use at most. */
export type Ready = Readonly<{ until: number; heldAt: number; ceiling: SpendCeiling }>;

/** The starts of one kind: what is held for them, and what was said when no more was given. */
export type StartLine = {
  ready: Map<string, Ready>;
  /** Holds that nobody answered for: billing may have them, and is asked for the same ones again. */
  unanswered: Set<string>;
  answer?: StartAnswer;
  believedUntil: number;
};

export const newLine = (): StartLine => ({ ready: new Map(), unanswered: new Set(), believedUntil: 0 });

/** Whether what is held is enough for a container that may use so much: larger hosts may have come since it was asked for. */
export const isEnough = (held: SpendCeiling, wanted: SpendCeiling): boolean =>
  held.milliCpu >= wanted.milliCpu &&
  held.memoryMiB >= wanted.memoryMiB &&
  held.diskMiB >= wanted.diskMiB &&
  wanted.gpus.every(({ type, count }) => held.gpus.some((gpu) => gpu.type === type && gpu.count >= count));

export const takeFirst = (ids: Set<string>): string | undefined => {
  const [first] = ids;
  if (first !== undefined) ids.delete(first);
  return first;
};
