import type { EventLog, StoredEvent } from '@slipway/kernel';

const PAGE = 500;

/** The events of one stream in order, so many at once that even those with inputs take little memory. */
export async function* readPages(
  log: Pick<EventLog, 'readStream'>,
  stream: string,
): AsyncIterable<readonly StoredEvent[]> {
  for (let afterVersion = 0; ;) {
    const page = await log.readStream(stream, afterVersion, PAGE);
    yield page;
    if (page.length < PAGE) return;
    afterVersion = page.at(-1)!.version;
  }
}
