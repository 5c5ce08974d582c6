import { givenOptions, UsageError, type FlagKinds, type ParsedArguments } from './parse-arguments.ts';

/** How many words a command takes at most, and which options beside `--json`. */
export type Usage = Readonly<{ words: number; options?: FlagKinds }>;

/** Names the first word or option that a command does not take. Throws UsageError. */
export const refuseSurplus = (
  command: string,
  { words, options = {} }: Usage,
  given: readonly string[],
  parsed: Omit<ParsedArguments, 'rest'>,
): void => {
  const surplus = given[words];
  if (surplus !== undefined)
    throw new UsageError(
      `${command} takes ${words === 0 ? 'no words' : `at most ${words}`}; '${surplus}' is one too many`,
    );
  const stranger = givenOptions(parsed).find((name) => name !== 'json' && !Object.hasOwn(options, name));
  if (stranger === undefined) return;
  const known = Object.keys(options).map((name) => `--${name}`);
  throw new UsageError(
    `${command} does not take --${stranger}; ${known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`}`,
  );
};
