import type { Instant } from '@slipway/kernel';

/** Time in which what was just stored may still be referred to. */
export const GRACE_MS = 24 * 60 * 60 * 1000;

export type ObjectUse = Readonly<{
  /** Stored for good: layers, definitions. */
  kept: boolean;
  /** Mounts, volumes, blobs that have not expired, and parts of open uploads that name it. */
  references: number;
  /** When it was stored, last asked for as something that need not be sent again, or named by a volume for the last time. */
  touchedAt: Instant;
}>;

/** Whether nothing refers to an object any more, nor is about to. */
export const isGarbage = ({ kept, references, touchedAt }: ObjectUse, at: Instant): boolean =>
  !kept && references === 0 && touchedAt + GRACE_MS < at;
