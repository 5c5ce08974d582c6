import type { PublicApi } from '../platform/open-public-api.ts';
import { UsageError, type ParsedArguments } from '../terminal/parse-arguments.ts';

/** What a command shows a person, and what it shows a program. */
export type Told = Readonly<{ shown: string; answer: unknown }>;
export type Command = (api: PublicApi, words: readonly string[], parsed: ParsedArguments) => Promise<Told>;

/** The first of some words. Throws UsageError where there is none. */
export const need = (words: readonly string[], what: string): string => {
  const [word] = words;
  if (word === undefined) throw new UsageError(`${what} is not named`);
  return word;
};
