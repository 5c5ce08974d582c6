import {
  givenOptions,
  UsageError,
  type FlagKinds,
  type ParsedArguments,
} from '../terminal/parse-arguments.ts';
import { commitmentOptions } from './commitment-commands.ts';
import { pinOptions } from './pin-commands.ts';
import { pageOptions } from './read-pages.ts';
import { whatIfOptions } from './read-what-if.ts';
import { recordOptions } from './record-command.ts';
import { replayOptions } from './replay-command.ts';

/** How many words a command takes at most, and which options beside `--json`. */
export type Usage = Readonly<{ words: number; options?: FlagKinds }>;

const why: FlagKinds = { reason: 'text' };
const whatIf: FlagKinds = Object.fromEntries(whatIfOptions.map((option) => [option, 'texts'] as const));

export const usages = {
  ...{ list: { words: 0, options: pageOptions }, show: { words: 1 }, now: { words: 0 } },
  ...{ diff: { words: 1, options: { against: 'text' } }, explain: { words: 2 } },
  ...{ 'what-if': { words: 1, options: whatIf }, replay: { words: 1, options: replayOptions } },
  ...{ record: { words: 0, options: recordOptions }, past: { words: 0 } },
  ...{ approve: { words: 1, options: { without: 'texts' } }, reject: { words: 1, options: why } },
  ...{ freeze: { words: 0, options: why }, resume: { words: 0 }, limit: { words: Infinity } },
  ...{ exclude: { words: 1, options: why }, include: { words: 1 } },
  ...{ pin: { words: 1, options: { ...pinOptions, ...why } }, unpin: { words: 1 } },
  ...{ control: { words: 0 }, floor: { words: 2 } },
  ...{ offers: { words: 0, options: { filter: 'text', ...pageOptions } } },
  ...{ commitments: { words: 0 }, commit: { words: 2, options: commitmentOptions } },
  ...{ uncommit: { words: 1 }, terms: { words: 1 } },
  ...{ lessons: { words: 0 }, placements: { words: 0 }, hosts: { words: 0 }, demand: { words: 0 } },
  ...{ log: { words: 1, options: pageOptions }, rejected: { words: 0, options: pageOptions } },
} as const satisfies Readonly<Record<string, Usage>>;

/** All of them: the same name is of the same kind wherever it is taken. */
export const planOptions: FlagKinds = Object.assign(
  {},
  ...Object.values<Usage>(usages).map(({ options = {} }) => options),
) as FlagKinds;

/** Names the first word or option that a command does not take; `plan` alone takes none. Throws UsageError. */
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
