import type { Instant } from '@slipway/kernel';
import type { HourAmount, OpenGrant } from '../credits/use-credits.js';
import { sumHours } from '../invoices/close-month.js';
import type { Adjustment } from '../invoices/invoice.js';
import type { MicroUsd } from '../money/micro-usd.js';
import type { Month } from '../months/month.js';

export type OpenMonth = Readonly<{
  month: Month;
  hours: readonly HourAmount[];
  adjustments: readonly Adjustment[];
}>;

/**
 * How far a workspace that pays ahead may go: what pays for the months that have no invoice yet, as their invoices will say, with
 * what is left then to be used from now on; and what those months come to.
 */
export const paidAhead = ({
  months,
  grants,
  prepaidLeftMicroUsd,
  at,
}: Readonly<{
  /** The earliest first. */
  months: readonly OpenMonth[];
  grants: readonly OpenGrant[];
  prepaidLeftMicroUsd: MicroUsd;
  at: Instant;
}>): Readonly<{ limitMicroUsd: MicroUsd; spentMicroUsd: MicroUsd }> => {
  let spent = 0n;
  let paid = 0n;
  let prepaid = prepaidLeftMicroUsd;
  let open = grants;
  for (const of of months) {
    const sums = sumHours({ ...of, grants: open, prepaidLeftMicroUsd: prepaid });
    spent += sums.usageMicroUsd + sums.adjustedMicroUsd;
    paid += sums.creditedMicroUsd + sums.prepaidMicroUsd;
    prepaid -= sums.prepaidMicroUsd;
    const used = new Map(sums.credits.map(({ grant, usedMicroUsd }) => [grant.grantId, usedMicroUsd]));
    open = open.map((grant) => ({
      ...grant,
      leftMicroUsd: grant.leftMicroUsd - (used.get(grant.grantId) ?? 0n),
    }));
  }
  const usable = open.filter(({ startsAt, expiresAt }) => startsAt <= at && (expiresAt ?? Infinity) > at);
  const credit = usable.reduce((sum, { leftMicroUsd }) => sum + leftMicroUsd, 0n);
  return { limitMicroUsd: paid + prepaid + credit, spentMicroUsd: spent };
};
