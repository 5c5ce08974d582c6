import { itemTurn } from './item-turn.js';

/** What a reader is handed of items that come in this order, and which one it hears is lost. */
const read = (indexes: readonly number[], lastIndex = 0) => {
  const handed: number[] = [];
  let last = lastIndex;
  for (const [at, index] of indexes.entries()) {
    const turn = itemTurn(last, { index, following: indexes.length - 1 - at });
    if (turn === 'lost') return { handed, lost: last + 1 };
    if (turn !== 'next') continue;
    handed.push(index);
    last = index;
  }
  return { handed };
};

test('each item is handed out once, in order, from where the reader was', () => {
  expect(read([1, 2, 3], 1)).toEqual({ handed: [2, 3] });
});

test('a generator that is tried again begins at 1: what was seen is left out', () => {
  expect(read([1, 2, 1, 2, 3])).toEqual({ handed: [1, 2, 3] });
});

test('an item that is no longer there, though later ones are, is lost', () => {
  expect(read([3, 4])).toEqual({ handed: [], lost: 1 });
  expect(read([1, 2, 4])).toEqual({ handed: [1, 2], lost: 3 });
});

test('what is missing of one try is taken from the next', () => {
  expect(read([3, 4, 1, 2, 3, 4, 5])).toEqual({ handed: [1, 2, 3, 4, 5] });
});

test('what is missing may still come while a later try has not passed it', () => {
  expect(read([3, 4, 1])).toEqual({ handed: [1] });
  expect(read([5, 6, 1, 2], 3)).toEqual({ handed: [] });
});
