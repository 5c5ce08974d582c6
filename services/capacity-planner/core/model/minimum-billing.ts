import type { Prepared, Unit } from './prepared.js';

/** For a period, the periods whose starts are still within their minimum billing then: nodes started there are not stopped yet. */
export const boundStarts = ({ periods }: Prepared, { offer }: Unit, period: number): readonly number[] => {
  const now = periods[period]!.startsAt;
  const bound: number[] = [];
  for (let start = 0; start < period; start++)
    if (periods[start]!.startsAt + offer.billing.minimumSeconds * 1000 > now) bound.push(start);
  return bound;
};
