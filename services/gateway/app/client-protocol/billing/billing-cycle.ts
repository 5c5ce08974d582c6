import { refuse, RefusedError } from '@slipway/kernel';

export type BillingCycle = Readonly<{ month: string; start: Date; end: Date }>;

/** The calendar month that begins at a moment; the one that it is now where none is named. */
export const billingCycle = (startsAt: Date | undefined, now: number): BillingCycle => {
  const start = startsAt ?? new Date(Date.parse(`${new Date(now).toISOString().slice(0, 7)}-01T00:00:00Z`));
  if (!start.toISOString().endsWith('-01T00:00:00.000Z'))
    throw invalid(`A billing cycle begins with a month (UTC), not at ${start.toISOString()}.`);
  if (start.getTime() > now) throw invalid(`The cycle of ${start.toISOString().slice(0, 7)} has not begun.`);
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + 1);
  return { month: start.toISOString().slice(0, 7), start, end };
};

const invalid = (message: string): RefusedError =>
  new RefusedError(refuse('invalid', 'billing-cycle', message));
