import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** The seconds in which DuckDB writes the rows of our Parquet files, which it has in memory, into a file of its own. */
export const writeWithDuckDb = async (folder: string): Promise<number> => {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    await connection.run(`create table focus as from read_parquet('${join(folder, 'focus-*.parquet')}')`);
    const began = performance.now();
    await connection.run(
      `copy focus to '${join(folder, 'duckdb.parquet')}' (format parquet, compression zstd, row_group_size 10000)`,
    );
    return (performance.now() - began) / 1_000;
  } finally {
    connection.closeSync();
  }
};
