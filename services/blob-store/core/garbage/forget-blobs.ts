import type { Ports } from '../ports.js';
import { GRACE_MS } from './is-garbage.js';

const BATCH = 5000;

/** Forgets blobs whose time is over, but for the arguments of inputs that still wait or run; says how many. */
export const forgetBlobs = async ({ records, goingOn, now }: Ports): Promise<number> => {
  const at = now();
  for (let forgotten = 0; ;) {
    const expired = await records.expiredBlobs(at, BATCH);
    if (expired.length === 0) return forgotten;
    const wanted = new Set(await goingOn.arguments(expired));
    await records.prolongBlobs([...wanted], at + GRACE_MS);
    forgotten += await records.forgetBlobs(
      expired.filter((blobId) => !wanted.has(blobId)),
      at,
    );
    if (expired.length < BATCH) return forgotten;
  }
};
