import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ColumnSums, type FocusRow } from '@slipway/billing-core';
import { csvSink } from './csv-sink.js';
import { HashedFile, type WrittenFile } from './hashed-file.js';
import { parquetSink } from './parquet-sink.js';
import type { RowSink } from './row-sink.js';

export type ExportFormat = 'csv' | 'parquet';

export type FocusFiles = Readonly<{
  rows: number;
  /** Exact sums of the columns of costs and quantities. */
  sums: Readonly<Record<string, string>>;
  files: readonly (WrittenFile & Readonly<{ name: string; rows: number }>)[];
}>;

/** Rows that are in memory at a time: those of one row group. */
const ROWS_AT_ONCE = 10_000;
/** So that a file stays below what object stores take in one request. */
const ROWS_PER_FILE = 2_000_000;

/**
 * Writes rows into files `focus-0001.csv` or `.parquet` of a folder, as many as they come to, in the memory that one row group
 * takes. Rows that come in the same order make the same bytes. No rows make one file without any.
 */
export const writeFocusFiles = async (
  rows: AsyncIterable<FocusRow>,
  {
    folder,
    format,
    rowsPerFile = ROWS_PER_FILE,
  }: Readonly<{ folder: string; format: ExportFormat; rowsPerFile?: number }>,
): Promise<FocusFiles> => {
  await mkdir(folder, { recursive: true });
  const files: FocusFiles['files'][number][] = [];
  const sums = new ColumnSums();
  let open: OpenFile | undefined = await OpenFile.create(folder, format, 1);
  try {
    for await (const row of rows) {
      if (open.rows === rowsPerFile) {
        files.push(await open.end());
        open = await OpenFile.create(folder, format, files.length + 1);
      }
      sums.add(row);
      if (open.add(row) === 'full') await open.write();
    }
    files.push(await open.end());
    open = undefined;
  } finally {
    await open?.giveUp();
  }
  return { rows: files.reduce((sum, file) => sum + file.rows, 0), sums: sums.texts(), files };
};

class OpenFile {
  rows = 0;
  private waiting: FocusRow[] = [];

  private constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly file: HashedFile,
    private readonly sink: RowSink,
  ) {}

  static async create(folder: string, format: ExportFormat, number: number): Promise<OpenFile> {
    const name = `focus-${String(number).padStart(4, '0')}.${format}`;
    const file = await HashedFile.create(join(folder, name));
    const write = (bytes: Uint8Array): Promise<void> => file.write(bytes);
    return new OpenFile(folder, name, file, format === 'csv' ? await csvSink(write) : parquetSink(write));
  }

  /** `full`: what is in memory is to be written. */
  add(row: FocusRow): 'full' | 'room' {
    this.rows += 1;
    return this.waiting.push(row) === ROWS_AT_ONCE ? 'full' : 'room';
  }

  async end(): Promise<FocusFiles['files'][number]> {
    await this.write();
    await this.sink.end();
    return { name: this.name, rows: this.rows, ...(await this.file.end()) };
  }

  /** Half a file is none. */
  async giveUp(): Promise<void> {
    await this.file.giveUp();
    await rm(join(this.folder, this.name), { force: true });
  }

  async write(): Promise<void> {
    const rows = this.waiting;
    this.waiting = [];
    await this.sink.write(rows);
  }
}
