import { UsageError } from '../terminal/parse-arguments.ts';

/** What is to be explained: a plan as a whole, or one offer in it. */
export type Explained = Readonly<{ planId: string; offerId?: string }>;

const isPlan = (word: string): boolean => /^(pl-[0-9A-Za-z]+|latest|in-force)$/.test(word);

/** `[PLAN]`, or `OFFER [PLAN]`; an offer's id is a path. Throws UsageError. */
export const readExplained = ([first = 'latest', second]: readonly string[]): Explained => {
  if (!isPlan(first)) return { offerId: first, planId: second ?? 'latest' };
  if (second !== undefined)
    throw new UsageError(`'${second}' is one too many: the offer comes before the plan`);
  return { planId: first };
};
