import type { ObjectShelf } from '../objects/object-shelf.js';
import type { Ports } from '../ports.js';
import { forgetBlobs } from './forget-blobs.js';
import { forgetMounts } from './forget-mounts.js';
import { forgetUsers } from './forget-users.js';
import { GRACE_MS } from './is-garbage.js';

export type Collected = Readonly<{ expiredBlobs: number; removedMounts: number; removedObjects: number }>;

const BATCH = 500;

/** One round: what is over is forgotten (blobs, mounts, the history of volumes), then objects that nothing refers to are removed. */
export const collectGarbage = async (ports: Ports, shelf: ObjectShelf): Promise<Collected> => {
  const at = ports.now();
  const expiredBlobs = await forgetBlobs(ports);
  const removedMounts = await forgetMounts(ports);
  await forgetUsers(ports.objectUses, ports, at);
  await ports.volumes.forgetHistory(at - GRACE_MS);
  let removedObjects = 0;
  for (;;) {
    const garbage = await shelf.garbage(at, at - GRACE_MS, BATCH);
    let removed = 0;
    for (const { digest, touchedAt } of garbage) if (await shelf.collect(digest, touchedAt)) removed += 1;
    removedObjects += removed;
    if (garbage.length < BATCH || removed === 0) break;
  }
  await ports.objects.sweepIncoming(at - GRACE_MS);
  return { expiredBlobs, removedMounts, removedObjects };
};
