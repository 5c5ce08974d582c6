import { MOST_LISTED_BYTES } from '@slipway/contracts';
import { mostBytesOf } from './most-bytes-of.js';

/** As many items as one message holds, in their order: rather those that `compare` sorts to the front. */
export const mostThatFit = <Item>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
): readonly Item[] => {
  const fitting = new Set<Item>();
  let bytes = '[]'.length;
  for (const item of items.toSorted(compare)) {
    bytes += mostBytesOf(item) + ','.length;
    if (bytes > MOST_LISTED_BYTES) break;
    fitting.add(item);
  }
  return items.filter((item) => fitting.has(item));
};
