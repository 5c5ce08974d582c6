import type { Instant } from '@slipway/kernel';
import type { MicroUsd } from '../money/micro-usd.js';

/** Whose money it is is part of an account's name; those without a workspace are the platform's own. */
export type Account =
  /** What a workspace used and was not yet invoiced. */
  | `unbilled:${string}`
  /** What it was invoiced and has not paid. */
  | `invoiced:${string}`
  /** What it was given and has not used up. */
  | `credits:${string}`
  /** What it paid ahead and has not used up. */
  | `prepaid:${string}`
  | 'usage-revenue'
  | 'promotions'
  | 'cash';

/** A debit is positive, a credit negative. `chargeId`: the charge that the amount is for. */
export type Posting = Readonly<{ account: Account; amountMicroUsd: MicroUsd; chargeId?: string }>;

export type EntryKind =
  | 'usage-priced'
  | 'charge-corrected'
  | 'credit-granted'
  | 'credit-used'
  | 'credit-expired'
  | 'paid-ahead'
  | 'prepaid-used'
  | 'invoice-issued'
  | 'invoice-paid';

/**
 * One booking: it is never changed nor deleted, and what was wrong is put right by another one. Its postings add up to zero.
 */
export type LedgerEntry = Readonly<{
  entryId: string;
  workspaceId: string;
  kind: EntryKind;
  at: Instant;
  /** What a person reads: whose correction, which invoice, which grant. */
  memo: string;
  postings: readonly Posting[];
  /** The positions of the usage facts behind it. */
  usage: readonly bigint[];
}>;

/** From one account to another: nothing is booked where nothing moves. */
export const move = (amountMicroUsd: MicroUsd, from: Account, to: Account): readonly Posting[] =>
  amountMicroUsd === 0n
    ? []
    : [
        { account: to, amountMicroUsd },
        { account: from, amountMicroUsd: -amountMicroUsd },
      ];

export const sumOf = (postings: readonly Posting[]): MicroUsd =>
  postings.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n);

/** Throws where an entry does not add up to zero: such a one is never written. */
export const assertBalanced = (entry: LedgerEntry): LedgerEntry => {
  const sum = sumOf(entry.postings);
  if (sum !== 0n)
    throw new Error(`the postings of ${entry.kind} ${entry.entryId} add up to ${sum} micro-USD, not to zero`);
  return entry;
};
