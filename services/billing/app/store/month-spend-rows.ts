import type { SqlPool } from '@slipway/event-store';

/** What was spent in environments that are gone: the workspace still spent it, and no environment can have this name. */
const GONE = '(gone)';

/** Locks what is spent in environments, in the order of those who book. */
export const lockSpend = async (
  connection: SqlPool,
  workspaceId: string,
  environments: readonly string[],
): Promise<void> => {
  await connection.query({
    text: `select from billing.month_spend
      where workspace_id = $1 and environment = any($2) order by environment, month for update`,
    values: [workspaceId, environments],
  });
};

/** Adds what is spent in an environment to what is spent in another; it is locked before. */
export const moveSpend = async (
  connection: SqlPool,
  { workspaceId, environment, to }: Readonly<{ workspaceId: string; environment: string; to: string }>,
): Promise<void> => {
  await connection.query({
    text: `with moved as (
        delete from billing.month_spend where workspace_id = $1 and environment = $2 returning month, billed
      )
      insert into billing.month_spend (workspace_id, environment, month, billed)
      select $1, $3, month, billed from moved
      on conflict (workspace_id, month, environment)
      do update set billed = billing.month_spend.billed + excluded.billed`,
    values: [workspaceId, environment, to],
  });
};

/** Has what an environment that is gone spent count for its workspace alone; it is locked before, and the workspace is judged alone. */
export const setSpendAside = (connection: SqlPool, workspaceId: string, environment: string): Promise<void> =>
  moveSpend(connection, { workspaceId, environment, to: GONE });
