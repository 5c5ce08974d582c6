import type { Ports } from '../ports.js';
import { GRACE_MS } from './is-garbage.js';
import type { Uses } from './uses.js';

const BATCH = 200;

/** Forgets the uses of what goes on no longer. A use is noted before its app's function or its call is made: for a day it counts, whether they are there or not. */
export const forgetUsers = async (
  uses: Uses,
  { goingOn }: Pick<Ports, 'goingOn'>,
  at: number,
): Promise<void> => {
  const notedBefore = at - GRACE_MS;
  for (let after = ''; ;) {
    const users = await uses.users({ notedBefore, after, limit: BATCH });
    const last = users.at(-1);
    if (last === undefined) return;
    await uses.forgetUsers(await goingOn.ended(users), { notedBefore, at });
    after = last;
  }
};
