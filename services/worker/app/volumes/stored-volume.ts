import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MOST_NEW_PATH_BYTES, type VolumeChange, type VolumeId, type WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { ObjectClient } from '@slipway/nest-kit';
import { readVolume } from './read-volume.js';
import type { VolumeSource } from './volume-source.js';

const MOST_BYTES_PER_PART = 512 * 1024;
const RETRY_PAUSE_MS = 250;
/** How long a commit goes on asking a blob-store that does not answer. */
const PATIENCE_MS = 5 * 60 * 1000;

/** A volume as the blob-store keeps it. */
export const storedVolume = (
  bus: Bus,
  objects: ObjectClient,
  volume: Readonly<{ workspaceId: WorkspaceId; volumeId: VolumeId }>,
): VolumeSource => ({
  mostPathBytes: MOST_NEW_PATH_BYTES,
  read: (since) => readVolume(bus, volume, since),
  async putBlock(digest, bytes) {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        const stored = await objects.putBlock(bytes);
        if (stored !== digest) throw new Error(`block ${digest} was stored as ${stored}`);
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await pause(RETRY_PAUSE_MS);
      }
    }
  },
  async commit(changes) {
    const commitId = randomUUID();
    const signal = AbortSignal.timeout(PATIENCE_MS);
    let parts = 0;
    for (const part of inParts(changes)) {
      const staged = { ...volume, commitId, part: parts, changes: part };
      await bus.persist('blob-store.stage-volume-changes', staged, { signal });
      parts += 1;
    }
    await bus.persist('blob-store.commit-volume', { ...volume, commitId, parts }, { signal });
  },
});

/** Cut so that each part fits into a message of the bus. */
function* inParts(changes: readonly VolumeChange[]): Iterable<readonly VolumeChange[]> {
  let part: VolumeChange[] = [];
  let bytes = 0;
  for (const change of changes) {
    const size = JSON.stringify(change).length;
    if (part.length > 0 && bytes + size > MOST_BYTES_PER_PART) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(change);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
