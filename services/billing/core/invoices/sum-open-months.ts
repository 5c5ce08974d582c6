import { lapsesAtClose } from '../credits/grant.js';
import type { HourAmount, OpenGrant } from '../credits/use-credits.js';
import type { MicroUsd } from '../money/micro-usd.js';
import type { Month } from '../months/month.js';
import { sumHours, type MonthSums } from './close-month.js';
import type { Adjustment } from './invoice.js';

export type OpenMonth = Readonly<{
  month: Month;
  hours: readonly HourAmount[];
  adjustments: readonly Adjustment[];
}>;

export type OpenMonths = Readonly<{
  /** Those that have no invoice yet, the earliest first. */
  months: readonly OpenMonth[];
  grants: readonly OpenGrant[];
  prepaidLeftMicroUsd: MicroUsd;
}>;

/** What each open month comes to, as its invoice will say: with what those before it leave. And what all of them leave. */
export const sumOpenMonths = ({
  months,
  grants,
  prepaidLeftMicroUsd,
}: OpenMonths): Readonly<{ sums: readonly MonthSums[] }> & Omit<OpenMonths, 'months'> => {
  let open = grants;
  let prepaid = prepaidLeftMicroUsd;
  const sums = months.map((of) => {
    const sum = sumHours({ ...of, grants: open, prepaidLeftMicroUsd: prepaid });
    prepaid -= sum.prepaidMicroUsd;
    const used = new Map(sum.credits.map(({ grant, usedMicroUsd }) => [grant.grantId, usedMicroUsd]));
    open = open
      .filter((grant) => !lapsesAtClose(grant, of.month))
      .map((grant) => ({
        ...grant,
        leftMicroUsd: grant.leftMicroUsd - (used.get(grant.grantId) ?? 0n),
      }));
    return sum;
  });
  return { sums, grants: open, prepaidLeftMicroUsd: prepaid };
};
