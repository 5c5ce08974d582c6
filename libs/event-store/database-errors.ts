const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const UNIQUE_VIOLATION = '23505';
const QUERY_CANCELED = '57014';

/** SQLSTATE classes 08 (connection) and 57P (shutdown, crash, starting up), 53300 (too many clients), and what sockets report. */
const AWAY = /^(08\w{3}|57P\d\d|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/;

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION;

/** Whether a statement was ended for it took longer than its `statement_timeout`. */
export const isStatementTimeout = (error: unknown): boolean => codeOf(error) === QUERY_CANCELED;

/** Whether the database is away for now, so that the same statement may succeed later. */
export const isDatabaseAway = (error: unknown): boolean =>
  AWAY.test(codeOf(error)) ||
  (error instanceof Error &&
    /terminated|timeout exceeded when trying to connect|not queryable/.test(error.message));
