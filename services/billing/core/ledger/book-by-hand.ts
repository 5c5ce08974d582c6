import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { Grant } from '../credits/grant.js';
import { shownUsd, type MicroUsd } from '../money/micro-usd.js';
import { assertBalanced, move, type LedgerEntry } from './entry.js';

type Booking = Readonly<{ entryId: string; workspaceId: string; at: Instant }>;

/** A grant is owed to the workspace from the moment on which it is given. */
export const bookGrant = ({ entryId, at }: Omit<Booking, 'workspaceId'>, grant: Grant): LedgerEntry =>
  assertBalanced({
    entryId,
    workspaceId: grant.workspaceId,
    kind: 'credit-granted',
    at,
    memo: grant.reason,
    postings: move(grant.amountMicroUsd, `credits:${grant.workspaceId}`, 'promotions'),
    usage: [],
  });

/** What a grant had left when it ended is owed no longer. */
export const bookExpiry = (
  { entryId, at }: Omit<Booking, 'workspaceId'>,
  grant: Grant,
  leftMicroUsd: MicroUsd,
): LedgerEntry =>
  assertBalanced({
    entryId,
    workspaceId: grant.workspaceId,
    kind: 'credit-expired',
    at,
    memo: grant.reason,
    postings: move(leftMicroUsd, 'promotions', `credits:${grant.workspaceId}`),
    usage: [],
  });

/** Money came in: for what will be used, or for what was invoiced. */
export const bookPayment = (
  booking: Booking,
  what: 'paid-ahead' | 'invoice-paid',
  amountMicroUsd: MicroUsd,
  memo: string,
): LedgerEntry | Refusal => {
  if (amountMicroUsd <= 0n)
    return refuse(
      'invalid',
      'payment-amount',
      `The payment is ${shownUsd(amountMicroUsd)}, but must be above 0.00 USD.`,
    );
  const account = what === 'paid-ahead' ? 'prepaid' : 'invoiced';
  return assertBalanced({
    ...booking,
    kind: what,
    memo,
    postings: move(amountMicroUsd, `${account}:${booking.workspaceId}`, 'cash'),
    usage: [],
  });
};

/** Puts right what was charged: above zero more, below zero less. It is on the invoice of the month that is open. */
export const bookCorrection = (
  booking: Booking,
  {
    amountMicroUsd,
    reason,
    chargeId,
  }: Readonly<{ amountMicroUsd: MicroUsd; reason: string; chargeId?: string }>,
): LedgerEntry | Refusal => {
  if (amountMicroUsd === 0n)
    return refuse('invalid', 'correction-amount', 'The correction is 0.00 USD and would change nothing.');
  if (reason.trim() === '')
    return refuse(
      'invalid',
      'correction-without-reason',
      'A correction needs a reason, which the invoice shows.',
    );
  const { workspaceId } = booking;
  return assertBalanced({
    ...booking,
    kind: 'charge-corrected',
    memo: reason,
    postings: [
      { account: `unbilled:${workspaceId}`, amountMicroUsd, ...(chargeId === undefined ? {} : { chargeId }) },
      { account: 'usage-revenue', amountMicroUsd: -amountMicroUsd },
    ],
    usage: [],
  });
};
