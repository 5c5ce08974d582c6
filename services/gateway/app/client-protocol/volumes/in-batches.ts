/** The results of `work` on each item, in order, `most` at a time. */
export const inBatches = async <Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += most)
    results.push(...(await Promise.all(items.slice(first, first + most).map(work))));
  return results;
};
