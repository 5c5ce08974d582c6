import type { SqlPool } from '@slipway/event-store';

/** Nobody else judges a hold of the workspace, or changes what it is judged by, until the transaction ends. */
export const judgeAlone = async (connection: SqlPool, workspaceId: string): Promise<void> => {
  await connection.query({
    name: 'judge-alone',
    text: `select pg_advisory_xact_lock(hashtextextended('billing-holds ' || $1, 0))`,
    values: [workspaceId],
  });
};
