import { UsageError, type ParsedArguments } from '../terminal/parse-arguments.ts';
import { readMoment } from '../terminal/read-moment.ts';
import { readNamedValues } from './read-named-values.ts';

/** The body of a commitment from `vendor=aws,type=p5.48xlarge` and its options. Throws UsageError. */
export const readCommitment = (
  what: string,
  { texts, numbers }: Pick<ParsedArguments, 'texts' | 'numbers'>,
): object => {
  const until = texts.get('until');
  if (until === undefined) throw new UsageError('--until is not given; a commitment has an end');
  const from = texts.get('from');
  const spend = texts.get('spend');
  const nodes = numbers.get('nodes');
  if ((spend === undefined) === (nodes === undefined))
    throw new UsageError("a commitment has --nodes N, or --spend USD of the vendor's bill per hour");
  const usd = microUsd('usd', texts.get('usd'));
  return {
    ...readPlace(what),
    endsAt: readMoment('--until', until),
    ...(from === undefined ? {} : { startsAt: readMoment('--from', from) }),
    ...(spend === undefined
      ? { nodes, priceMicroUsdPerNodeHour: usd }
      : { coveredMicroUsdPerHour: microUsd('spend', spend), priceMicroUsdPerHour: usd }),
  };
};

/** `vendor=aws,type=p5.48xlarge*4@34.10`: so many nodes, at so much each. Throws UsageError. */
export const readCommitted = (text: string): object => {
  const match = /^(.+)\*(\d{1,6})@([^@]+)$/.exec(text);
  if (match === null)
    throw new UsageError(
      `--commit is ${text}; write WHAT*NODES@USD, such as vendor=aws,type=p5.48xlarge*4@34.10`,
    );
  const [, what = '', nodes, usd] = match;
  return { ...readPlace(what), nodes: Number(nodes), priceMicroUsdPerNodeHour: microUsd('commit', usd) };
};

const readPlace = (what: string): Record<string, string> =>
  readNamedValues(what, {
    fields: [
      ['vendor', 'vendor'],
      ['region', 'region'],
      ['type', 'instanceType'],
      ['gpu', 'gpuType'],
    ],
    namesNothing: 'names nothing to commit to',
    oneOfEach: 'a commitment is to one of each, and another one has a name of its own',
  });

const microUsd = (option: string, text: string | undefined): number => {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text ?? '');
  if (match === null)
    throw new UsageError(
      `--${option} is ${text ?? 'not given'}; it is dollars per hour with at most six decimals, such as 34.10`,
    );
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
};
