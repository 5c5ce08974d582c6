import type { Instant } from '@slipway/kernel';
import { sumOpenMonths, type OpenMonths } from '../invoices/sum-open-months.js';
import type { MicroUsd } from '../money/micro-usd.js';

/**
 * How far a workspace that pays ahead may go: what pays for the months that have no invoice yet, as their invoices will say, with
 * what is left then to be used from now on; and what those months come to.
 */
export const paidAhead = ({
  at,
  ...open
}: OpenMonths & Readonly<{ at: Instant }>): Readonly<{
  limitMicroUsd: MicroUsd;
  spentMicroUsd: MicroUsd;
}> => {
  const { sums, grants, prepaidLeftMicroUsd } = sumOpenMonths(open);
  const usable = grants.filter(({ startsAt, expiresAt }) => startsAt <= at && (expiresAt ?? Infinity) > at);
  return {
    limitMicroUsd:
      total(sums.map(({ creditedMicroUsd, prepaidMicroUsd }) => creditedMicroUsd + prepaidMicroUsd)) +
      prepaidLeftMicroUsd +
      total(usable.map(({ leftMicroUsd }) => leftMicroUsd)),
    spentMicroUsd: total(sums.map(({ usageMicroUsd, adjustedMicroUsd }) => usageMicroUsd + adjustedMicroUsd)),
  };
};

const total = (amounts: readonly MicroUsd[]): MicroUsd => amounts.reduce((sum, amount) => sum + amount, 0n);
