import type { AskOf } from '@slipway/contracts';
import { inTransaction, type LendingPool } from '@slipway/event-store';
import { judgeAlone } from '../store/judge-alone.js';
import { lockSpend, moveSpend, setSpendAside } from '../store/month-spend-rows.js';

/**
 * Budgets follow the new name of their environment, and so does what is spent of them. What budgets are there under that name
 * are of an environment that is gone, and give way with what it spent; where none come they stay, for asked again they are those
 * that came before.
 */
export const moveEnvironment = (
  pool: LendingPool,
  { workspaceId, environment, to }: AskOf<'billing.move-environment'>,
): Promise<void> =>
  inTransaction(pool, async (connection) => {
    const values = [workspaceId, environment, to];
    await judgeAlone(connection, workspaceId);
    // Locked in the order of those who tell of budgets and who book.
    const { rows } = await connection.query<{ environment: string }>({
      text: `select environment from billing.budgets
        where workspace_id = $1 and environment in ($2, $3) order by budget_id for update`,
      values,
    });
    await lockSpend(connection, workspaceId, [environment, to]);
    if (rows.some((row) => row.environment === environment)) {
      await connection.query({
        text: 'delete from billing.budgets where workspace_id = $1 and environment = $2',
        values: [workspaceId, to],
      });
      await connection.query({
        text: 'update billing.budgets set environment = $3 where workspace_id = $1 and environment = $2',
        values,
      });
      await setSpendAside(connection, workspaceId, to);
    }
    await moveSpend(connection, { workspaceId, environment, to });
  });
