import type { Digest, VolumeChange } from '@slipway/contracts';
import type { VolumeChanges } from '@slipway/worker-core';

/** One volume where it is kept. */
export interface VolumeSource {
  /** How long a path may be that is new. */
  readonly mostPathBytes: number;
  /** What changed since a version that was read before, or all of it. */
  read(since?: number): Promise<VolumeChanges & Readonly<{ version: number }>>;
  /** Stores a block; asks again while the store is away. */
  putBlock(digest: Digest, bytes: Buffer): Promise<void>;
  /** All of it or nothing, in this order; refused as `volume-block-missing` where it names blocks that are not stored. */
  commit(changes: readonly VolumeChange[]): Promise<void>;
}
