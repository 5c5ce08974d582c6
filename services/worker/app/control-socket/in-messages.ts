import { MOST_LISTED_BYTES } from '@slipway/contracts';

/** Cuts a list, in its order, into lists that fit into a message each. */
export const inMessages = <Item>(
  items: readonly Item[],
  mostBytes = MOST_LISTED_BYTES,
): readonly Item[][] => {
  const lists: Item[][] = [];
  let leftBytes = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (lists.length === 0 || bytes > leftBytes) {
      lists.push([]);
      leftBytes = mostBytes;
    }
    lists.at(-1)?.push(item);
    leftBytes -= bytes;
  }
  return lists;
};
