import { UsageError } from '../terminal/parse-arguments.ts';

/** `2027-11-01`, which begins at midnight UTC, or a moment such as `2027-11-01T08:00:00Z`, as RFC 3339. Throws UsageError. */
export const readMoment = (option: string, text: string): string => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const moment = isDay || isMoment ? new Date(isDay ? `${text}T00:00:00Z` : text) : undefined;
  if (moment === undefined || Number.isNaN(moment.getTime()))
    throw new UsageError(`--${option} is ${text}; write a day such as 2027-11-01, or 2027-11-01T08:00:00Z`);
  return moment.toISOString();
};
