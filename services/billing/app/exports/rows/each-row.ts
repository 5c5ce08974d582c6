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
  try {
    for (;;) {
      const { rows } = await connection.query<Row>({ text: `fetch ${PAGE} from ${query.name}` });
      yield* rows;
      if (rows.length < PAGE) return;
    }
  } finally {
    await connection.query({ text: `close ${query.name}` });
  }
}
