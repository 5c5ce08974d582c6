import type { FlagKinds, ParsedArguments } from '../terminal/parse-arguments.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { need, reasonOf, type Command, type Told } from './command.ts';
import type { ControlAnswer } from './plan-answers.ts';
import { controlText } from './control-text.ts';
import { readMoment } from '../terminal/read-moment.ts';
import { readFilter } from './read-filter.ts';

export const pinHelp = `\
  plan pin FILTER            at least, or at most, so many nodes of these offers together, also beside what the plan says;
      --least N --most N --reason TEXT, and --until DAY unless it holds until it is taken back
  plan unpin FILTER          takes a pin back
`;

export const pinOptions: FlagKinds = { least: 'number', most: 'number', until: 'text' };

const told = (answer: unknown): Told => ({ answer, shown: controlText(answer as ControlAnswer) });

/** The body of a pin from its options. Throws UsageError. */
export const readPin = (
  filter: string,
  { numbers, texts }: Pick<ParsedArguments, 'numbers' | 'texts'>,
): object => {
  const least = numbers.get('least');
  const most = numbers.get('most');
  const until = texts.get('until');
  if (least === undefined && most === undefined)
    throw new UsageError('--least N, --most N or both say how many nodes are wanted');
  return {
    ...readFilter(filter),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(until === undefined ? {} : { until: readMoment('--until', until) }),
    ...reasonOf({ texts }),
  };
};

export const pinCommands = {
  pin: async (api, words, parsed) =>
    told(await api.send('PUT', '/capacity/pins', readPin(need(words, 'what is to be pinned'), parsed))),
  unpin: async (api, words) => {
    const query = new URLSearchParams(readFilter(need(words, 'what was pinned')));
    return told(await api.send('DELETE', `/capacity/pins?${query.toString()}`));
  },
} satisfies Readonly<Record<string, Command>>;
