import type { Instant } from '@slipway/kernel';
import type { Addition } from '../charges/charge-usage.js';
import { amountsOf, type Charge } from '../charges/charge.js';
import { assertBalanced, type LedgerEntry, type Posting } from './entry.js';

/** How much of a charge was booked before, by the key of its subject. */
export type KnownQuantities = ReadonlyMap<string, bigint>;

export type BookedUsage = Readonly<{
  /** With their new quantities. */
  charges: readonly Charge[];
  /** One for each workspace of the batch. */
  entries: readonly LedgerEntry[];
}>;

/**
 * Books what a batch adds: each charge's amount is that of its whole quantity, and the ledger is given what it grew by. So
 * however usage is cut into batches, what is booked for a charge is its one rounded amount.
 */
export const bookUsage = (
  known: KnownQuantities,
  additions: readonly Addition[],
  ids: Readonly<{ chargeId: (key: string) => string; entryId: (workspaceId: string) => string }>,
  at: Instant,
): BookedUsage => {
  const charges: Charge[] = [];
  const byWorkspace = new Map<string, { postings: Posting[]; usage: Set<bigint> }>();
  for (const { key, subject, quantity, positions } of additions) {
    const before = known.get(key) ?? 0n;
    const charge: Charge = { chargeId: ids.chargeId(key), subject, quantity: before + quantity };
    charges.push(charge);
    const grown =
      amountsOf(subject.price, charge.quantity).billedMicroUsd -
      (before === 0n ? 0n : amountsOf(subject.price, before).billedMicroUsd);
    const { workspaceId } = subject;
    const booking = byWorkspace.get(workspaceId) ?? { postings: [], usage: new Set() };
    byWorkspace.set(workspaceId, booking);
    booking.postings.push({
      account: `unbilled:${workspaceId}`,
      amountMicroUsd: grown,
      chargeId: charge.chargeId,
    });
    for (const position of positions) booking.usage.add(position);
  }
  const entries = [...byWorkspace].map(([workspaceId, { postings, usage }]) =>
    assertBalanced({
      entryId: ids.entryId(workspaceId),
      workspaceId,
      kind: 'usage-priced',
      at,
      memo: `${usage.size} usage facts`,
      postings: [...postings, { account: 'usage-revenue', amountMicroUsd: -total(postings) }],
      usage: [...usage].toSorted((a, b) => (a < b ? -1 : 1)),
    }),
  );
  return { charges, entries };
};

const total = (postings: readonly Posting[]): bigint =>
  postings.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);
