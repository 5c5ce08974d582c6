import type { Ports } from '../ports.js';
import { forgetUsers } from './forget-users.js';
import { isGarbage, MOUNT_GRACE_MS } from './is-garbage.js';

const BATCH = 200;

/** Forgets mounts that nothing uses any more, with their references to files; says how many. */
export const forgetMounts = async (ports: Ports): Promise<number> => {
  const { mountUses, now } = ports;
  const at = now();
  await forgetUsers(mountUses, ports, at);
  for (let forgotten = 0; ;) {
    const unused = await mountUses.unused(at - MOUNT_GRACE_MS, BATCH);
    let gone = 0;
    for (const { mountId, ...use } of unused)
      if (isGarbage(use, at, MOUNT_GRACE_MS) && (await mountUses.forget(mountId, use.touchedAt))) gone += 1;
    forgotten += gone;
    if (unused.length < BATCH || gone === 0) return forgotten;
  }
};
