import { UsageError } from '../../terminal/parse-arguments.ts';
import type { WorldName } from './backtest-case.ts';

/** All worlds that there are, the quickest first. */
export const worldNames: readonly WorldName[] = ['small', 'medium', 'public'];

const MOST_SEEDS = 10_000;

/** The seeds of `SEEDS`: `3`, `1-20` or a list of both, such as `1,4,6-9`; nothing where it is not set. Throws UsageError. */
export const chosenSeeds = (text = ''): readonly number[] | undefined => {
  if (text === '') return undefined;
  const refuse = (because: string): UsageError =>
    new UsageError(
      `SEEDS is ${text}${because}; write whole numbers from 1 on, and from where to where with a hyphen, such as 1,4,6-9`,
    );
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const [, first, last] = /^([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?$/.exec(part) ?? [];
    if (first === undefined) throw refuse(`, and '${part}' is no seed`);
    const count = Number(last ?? first) - Number(first) + 1;
    if (count < 1) throw refuse(`, and ${part} ends before it begins`);
    if (seeds.length + count > MOST_SEEDS) throw refuse(`, which are more than ${MOST_SEEDS}`);
    for (let index = 0; index < count; index++) seeds.push(Number(first) + index);
  }
  if (new Set(seeds).size < seeds.length) throw refuse(', which names a seed twice');
  return seeds;
};

/** The worlds of `WORLDS`, such as `small,public`, in the order of `worldNames`; nothing where it is not set. Throws UsageError. */
export const chosenWorlds = (text = ''): readonly WorldName[] | undefined => {
  if (text === '') return undefined;
  const named = text.split(',');
  const unknown = named.find((name) => worldNames.every((world) => world !== name));
  if (unknown !== undefined)
    throw new UsageError(
      `WORLDS is ${text}, and '${unknown}' is no world; write one or more of ${worldNames.join(',')}`,
    );
  return worldNames.filter((world) => named.includes(world));
};
