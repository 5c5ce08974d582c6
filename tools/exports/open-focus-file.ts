import { createReadStream } from 'node:fs';
import { csvRecords, type Cells } from '@slipway/billing-core';
import type { FocusFile } from './focus-file.ts';
import { parquetFile } from './parquet-file.ts';

/** Opens a CSV or Parquet file, by the end of its name. */
export const openFocusFile = (path: string): Promise<FocusFile> => {
  if (path.endsWith('.parquet')) return parquetFile(path);
  if (path.endsWith('.csv')) return csvFile(path);
  throw new Error(`${path} is no file of FOCUS: it must end in .csv or .parquet`);
};

const csvFile = async (path: string): Promise<FocusFile> => {
  const records = csvRecords(createReadStream(path, 'utf8'));
  const { value: header } = (await records.next()) as { value?: readonly (string | null)[] };
  if (header === undefined) throw new Error(`${path} is empty: not even a header is there`);
  const columns = header.map((name) => name ?? '');
  return { columns, rows: cellsOf(path, columns, records) };
};

async function* cellsOf(
  path: string,
  columns: readonly string[],
  records: AsyncIterable<readonly (string | null)[]>,
): AsyncGenerator<Cells> {
  let row = 0;
  for await (const record of records) {
    row += 1;
    if (record.length !== columns.length)
      throw new Error(
        `${path}, row ${row}: ${record.length} fields, but the header has ${columns.length} columns`,
      );
    yield Object.fromEntries(columns.map((name, index) => [name, record[index]]));
  }
}
