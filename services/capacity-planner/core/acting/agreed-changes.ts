import type { Change } from './change.js';

/**
 * While a newer plan may not be acted on, only what both plans change is changed: nothing is spent that nobody agreed to, and
 * nothing is done for a demand that is long gone. Lost hosts that both want are so replaced.
 */
export const agreedChanges = (changes: readonly Change[], newer: readonly Change[]): readonly Change[] => {
  const left = new Map<string, number>();
  for (const change of newer) left.set(nameOf(change), (left.get(nameOf(change)) ?? 0) + 1);
  return changes.filter((change) => {
    const count = left.get(nameOf(change)) ?? 0;
    left.set(nameOf(change), count - 1);
    return count > 0;
  });
};

const nameOf = (change: Change): string =>
  `${change.action} ${change.action === 'start' ? change.offer.offerId : change.host.hostId}`;
