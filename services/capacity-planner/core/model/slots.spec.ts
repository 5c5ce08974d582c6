import fc from 'fast-check';
import { usableSlots } from './slots.js';

const CONTAINERS = [1, 2, 4, 8, 16];

/** What the rows of the program and the room of a cell say: for each size, all at least so large within what such can use. */
const fitsByRows = (nodes: readonly number[], containers: readonly number[]): boolean =>
  CONTAINERS.every((size) => {
    const taken = containers.filter((slots) => slots >= size).reduce((sum, slots) => sum + slots, 0);
    return taken <= nodes.reduce((sum, slots) => sum + usableSlots(slots, size), 0);
  });

/** Each on some node, the largest first. */
const fitsOneByOne = (nodes: readonly number[], containers: readonly number[]): boolean => {
  const free = [...nodes];
  return containers
    .toSorted((a, b) => b - a)
    .every((slots) => {
      const node = free.findIndex((left) => left >= slots);
      if (node >= 0) free[node]! -= slots;
      return node >= 0;
    });
};

describe('one row for each size', () => {
  test('says of nodes of any size whether containers can be placed, node by node', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1, 2, 3, 4, 6, 8, 10, 12, 16), { maxLength: 6 }),
        fc.array(fc.constantFrom(...CONTAINERS), { maxLength: 16 }),
        (nodes, containers) => fitsByRows(nodes, containers) === fitsOneByOne(nodes, containers),
      ),
      { numRuns: 20_000 },
    );
  });

  test.each([
    [10, [8, 1, 1], true],
    [10, [4, 4, 2], true],
    [10, [8, 4], false],
    [10, [4, 4, 4], false],
    [6, [4, 2], true],
    [6, [4, 1, 1], true],
    [6, [4, 4], false],
    [6, [8], false],
  ])('a node of %d takes %j: %s', (node, containers, fits) => {
    expect(fitsByRows([node], containers)).toBe(fits);
    expect(fitsOneByOne([node], containers)).toBe(fits);
  });
});
