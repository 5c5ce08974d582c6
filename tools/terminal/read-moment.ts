import { A_MOMENT, readMoment as momentIn } from '@slipway/kernel';
import { UsageError } from './parse-arguments.ts';

/** The moment that an operator named in a word or an option, as RFC 3339 in UTC. Throws UsageError where it names none. */
export const readMoment = (name: string, text: string): string => {
  const moment = momentIn(text);
  if (moment === undefined) throw new UsageError(`${name} is ${text}; write ${A_MOMENT}`);
  return new Date(moment).toISOString();
};
