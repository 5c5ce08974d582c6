import type { Instant } from '@slipway/kernel';

/** Time in which what was just stored may still be referred to. */
export const GRACE_MS = 24 * 60 * 60 * 1000;
/** Time in which a mount may be used again: a program that makes sandboxes keeps the ids of its mounts for as long as it runs. */
export const MOUNT_GRACE_MS = 30 * GRACE_MS;

/** Of an object, and likewise of a mount. */
export type Use = Readonly<{
  /** Stored for good: layers; mounts with a name. */
  kept: boolean;
  /**
   * Of an object: mounts, volumes, blobs, and parts of open uploads that name it. Of a mount, and of an object that is a definition: apps,
   * and calls of sandboxes, that have not ended.
   */
  references: number;
  /** When it was stored, last asked for as something that need not be sent again, or referred to for the last time. */
  touchedAt: Instant;
}>;

/** Whether nothing refers to it any more, nor is about to. */
export const isGarbage = (
  { kept, references, touchedAt }: Use,
  at: Instant,
  graceMs: number = GRACE_MS,
): boolean => !kept && references === 0 && touchedAt + graceMs < at;
