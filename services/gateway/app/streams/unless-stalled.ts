/** How long one who reads an answer may take nothing of it: what the answer holds is wanted by others. */
export const MOST_STALLED_MS = 5 * 60_000;

/** The same items; `stalled` is called when one was handed on and nobody came for the next in this time. */
export async function* unlessStalled<Item>(
  items: AsyncIterable<Item>,
  stalled: () => void,
): AsyncGenerator<Item, void, undefined> {
  for await (const item of items) {
    const clock = setTimeout(stalled, MOST_STALLED_MS);
    try {
      yield item;
    } finally {
      clearTimeout(clock);
    }
  }
}
