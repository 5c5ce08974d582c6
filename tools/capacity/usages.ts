import type { FlagKinds } from '../terminal/parse-arguments.ts';
import type { Usage } from '../terminal/refuse-surplus.ts';
import { commitmentOptions } from './commitment-commands.ts';
import { writeOffOptions } from './host-commands.ts';
import { pinOptions } from './pin-commands.ts';
import { pageOptions } from './read-pages.ts';
import { whatIfOptions } from './read-what-if.ts';
import { recordOptions } from './record-command.ts';
import { replayOptions } from './replay-command.ts';

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
  ...{
    lessons: { words: 0 },
    placements: { words: 0 },
    hosts: { words: 0, options: pageOptions },
    demand: { words: 0 },
  },
  ...{ 'write-off': { words: 1, options: { ...writeOffOptions, ...why } } },
  ...{ log: { words: 1, options: pageOptions }, rejected: { words: 0, options: pageOptions } },
} as const satisfies Readonly<Record<string, Usage>>;

/** All of them: the same name is of the same kind wherever it is taken. */
export const planOptions: FlagKinds = Object.assign(
  {},
  ...Object.values<Usage>(usages).map(({ options = {} }) => options),
) as FlagKinds;
