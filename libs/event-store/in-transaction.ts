import type { LendingPool, SqlPool } from './database.js';

/** Runs statements on one connection, committed together when `work` ends, or not at all when it throws. */
export const inTransaction = async <Result>(
  pool: LendingPool,
  work: (connection: SqlPool) => Promise<Result>,
): Promise<Result> => {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query({ text: 'begin' });
    const result = await work(connection);
    await connection.query({ text: 'commit' });
    return result;
  } catch (error) {
    await connection.query({ text: 'rollback' }).catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    connection.release(broken);
  }
};
