import { MOST_LISTED_BYTES } from '@slipway/contracts';
import { mostThatFit } from './most-that-fit.js';

const items = (letter: string) =>
  Array.from({ length: 5_000 }, (_, rank) => ({ rank, text: letter.repeat(1_000) }));
const lastFirst = (one: { rank: number }, other: { rank: number }): number => other.rank - one.rank;

test.each(['x', 'ä', '語', '😀'])(
  'of items of %s, as many as a message holds, those wanted most',
  (letter) => {
    const all = items(letter);
    const fitting = mostThatFit(all, lastFirst);
    const bytes = Buffer.byteLength(JSON.stringify(fitting));
    expect(bytes).toBeLessThanOrEqual(MOST_LISTED_BYTES);
    expect(bytes).toBeGreaterThan(MOST_LISTED_BYTES / 2);
    expect(fitting).toEqual(all.slice(-fitting.length));
  },
);

test('all of them, where a message holds them', () => {
  const few = items('x').slice(0, 10);
  expect(mostThatFit(few, lastFirst)).toEqual(few);
});
