import type { PublicApi } from '../platform/open-public-api.ts';
import type { ParsedArguments } from '../terminal/parse-arguments.ts';

/** What a command shows a person, and what it shows a program. */
export type Told = Readonly<{ shown: string; answer: unknown }>;

export type Command = (api: PublicApi, words: readonly string[], parsed: ParsedArguments) => Promise<Told>;
