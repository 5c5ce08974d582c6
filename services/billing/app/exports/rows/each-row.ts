import type { SqlPool } from '@slipway/event-store';

const PAGE = 5_000;

/**
 * The rows of a query, page by page, in one pass and one snapshot, however many there are. The connection is in a transaction,
 * and its cursor `name` is open until the rows are at their end.
 */
export async function* eachRow<Row>(
  connection: SqlPool,
  query: Readonly<{ name: string; text: string; values: readonly unknown[] }>,
): AsyncGenerator<Row> {
  await connection.query({
    text: `declare ${query.name} no scroll cursor for ${query.text}`,
    values: query.values,
  });
  const fetch = (): Promise<Readonly<{ rows: readonly Row[] }>> => {
    const page = connection.query<Row>({ text: `fetch ${PAGE} from ${query.name}` });
    // Whoever stops reading halfway does not ask what became of it.
    page.catch(() => undefined);
    return page;
  };
  try {
    for (let page = fetch(); ;) {
      const { rows } = await page;
      const isLast = rows.length < PAGE;
      // The next page is on its way while this one is worked off.
      if (!isLast) page = fetch();
      yield* rows;
      if (isLast) return;
    }
  } finally {
    await connection.query({ text: `close ${query.name}` });
  }
}
