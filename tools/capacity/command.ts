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

/** Why, for whoever reads it later. Throws UsageError where nothing is said. */
export const reasonOf = ({ texts }: Pick<ParsedArguments, 'texts'>): { reason: string } => {
  const reason = texts.get('reason');
  if (reason === undefined)
    throw new UsageError('--reason is not given; whoever reads it later wants to know why');
  return { reason };
};
