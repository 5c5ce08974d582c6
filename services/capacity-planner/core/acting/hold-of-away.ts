import { vendorOf, type Change } from './change.js';
import type { Guarding } from './guarding.js';
import type { Hold } from './make-before-break.js';

/** What a vendor has is not known while it is silent: its own hosts stay as they are, the rest of the fleet goes on. */
export const holdOfAway = (change: Change, { awaySince }: Pick<Guarding, 'awaySince'>): Hold | undefined => {
  const vendor = vendorOf(change);
  const seenAt = awaySince(vendor);
  if (seenAt === undefined) return undefined;
  const last = seenAt === 0 ? 'it has not answered yet' : `last seen at ${new Date(seenAt).toISOString()}`;
  return { heldBy: 'vendor-away', because: `${vendor} does not say which hosts it has: ${last}` };
};
