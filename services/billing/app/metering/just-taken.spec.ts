import type { TakenUsage } from '@slipway/billing-core';
import { containerFact } from '../../../../tools/testing/usage-facts.ts';
import { JustTaken } from './just-taken.js';

const taken = (from: number, to: number): readonly TakenUsage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    position: BigInt(from + index),
    fact: containerFact({ sequence: from + index }),
  }));
const positions = (facts: readonly TakenUsage[] | undefined): readonly number[] | undefined =>
  facts?.map(({ position }) => Number(position));

test('what follows a position is answered in order, as much as is asked for', () => {
  const kept = new JustTaken();
  kept.keep(taken(5, 7));
  kept.keep(taken(8, 9));
  expect(positions(kept.after(4n, 2))).toEqual([5, 6]);
  expect(positions(kept.after(6n, 10))).toEqual([7, 8, 9]);
  expect(kept.after(9n, 10)).toBeUndefined();
});

test('where another process has taken usage in between, nothing before that is answered from here', () => {
  const kept = new JustTaken();
  kept.keep(taken(1, 3));
  kept.keep(taken(6, 7));
  expect(kept.after(0n, 10)).toBeUndefined();
  expect(kept.after(3n, 10)).toBeUndefined();
  expect(positions(kept.after(5n, 10))).toEqual([6, 7]);
});

test('a position that lies behind all that is known here is read elsewhere', () => {
  const kept = new JustTaken();
  kept.keep(taken(1, 3));
  expect(kept.after(10n, 10)).toBeUndefined();
  kept.keep(taken(4, 4));
  expect(positions(kept.after(3n, 10))).toEqual([4]);
});
