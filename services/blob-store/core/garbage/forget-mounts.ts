import type { Ports } from '../ports.js';
import { GRACE_MS, isGarbage, MOUNT_GRACE_MS } from './is-garbage.js';

const BATCH = 200;

/** Forgets mounts that nothing uses any more, with their references to files; says how many. */
export const forgetMounts = async (ports: Ports): Promise<number> => {
  const { mountUses, now } = ports;
  const at = now();
  await forgetUsers(ports, at);
  for (let forgotten = 0; ;) {
    const unused = await mountUses.unused(at - MOUNT_GRACE_MS, BATCH);
    let gone = 0;
    for (const { mountId, ...use } of unused)
      if (isGarbage(use, at, MOUNT_GRACE_MS) && (await mountUses.forget(mountId, use.touchedAt))) gone += 1;
    forgotten += gone;
    if (unused.length < BATCH || gone === 0) return forgotten;
  }
};

/** A use is noted before its app's function or its call is made: for a day it counts, whether they are there or not. */
const forgetUsers = async ({ mountUses, goingOn }: Ports, at: number): Promise<void> => {
  const notedBefore = at - GRACE_MS;
  for (let after = ''; ;) {
    const users = await mountUses.users({ notedBefore, after, limit: BATCH });
    const last = users.at(-1);
    if (last === undefined) return;
    await mountUses.forgetUsers(await goingOn.ended(users), { notedBefore, at });
    after = last;
  }
};
