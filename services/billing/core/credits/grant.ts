import { refuse, type Decision, type Instant } from '@slipway/kernel';
import { shownUsd, type MicroUsd } from '../money/micro-usd.js';
import { monthEnd, monthStart, type Month } from '../months/month.js';

/** Money that a workspace was given to use. It pays for what was used from its beginning to its end. */
export type Grant = Readonly<{
  grantId: string;
  workspaceId: string;
  amountMicroUsd: MicroUsd;
  startsAt: Instant;
  /** Exclusive. Left out: never. */
  expiresAt?: Instant;
  reason: string;
}>;

/** Whether two grants of one id say the same. */
export const isSameGrant = (one: Grant, other: Grant): boolean =>
  one.workspaceId === other.workspaceId &&
  one.amountMicroUsd === other.amountMicroUsd &&
  one.startsAt === other.startsAt &&
  one.expiresAt === other.expiresAt &&
  one.reason === other.reason;

/**
 * Whether what is left of a grant is owed no longer once a month is closed: it ended before that month, on whose invoice is what
 * was used before its end and became known late.
 */
export const lapsesAtClose = ({ expiresAt }: Grant, month: Month): boolean =>
  expiresAt !== undefined && expiresAt <= monthStart(month);

export type GrantGiven = Readonly<{ type: 'grant-given'; grant: Grant }>;

const MOST: MicroUsd = 1_000_000_000_000n;

/** Refuses what would be worth nothing, and sums that nobody means. */
export const giveGrant = (grant: Grant, at: Instant): Decision<GrantGiven> => {
  if (grant.amountMicroUsd <= 0n || grant.amountMicroUsd > MOST)
    return refuse(
      'invalid',
      'grant-amount',
      `The grant is ${shownUsd(grant.amountMicroUsd)}, but must be above 0.00 USD and at most ${shownUsd(MOST)}.`,
    );
  if (grant.expiresAt !== undefined && grant.expiresAt <= Math.max(at, grant.startsAt))
    return refuse(
      'invalid',
      'grant-over',
      `The grant would end at ${new Date(grant.expiresAt).toISOString()}, which is not after its beginning and now.`,
    );
  if (grant.reason.trim() === '')
    return refuse('invalid', 'grant-without-reason', 'A grant needs a reason, which the invoice shows.');
  return [{ type: 'grant-given', grant }];
};

/** What every workspace is given each month: it is for that month alone. */
export const monthlyGrant = (workspaceId: string, month: Month, amountMicroUsd: MicroUsd): Grant => ({
  grantId: `free-${workspaceId}-${month}`,
  workspaceId,
  amountMicroUsd,
  startsAt: monthStart(month),
  expiresAt: monthEnd(month),
  reason: `Free credit of ${month}`,
});
