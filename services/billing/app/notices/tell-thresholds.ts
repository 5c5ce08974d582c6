import { randomUUID } from 'node:crypto';
import { monthOf, reachedThreshold, usdText } from '@slipway/billing-core';
import { inTransaction, type LendingPool } from '@slipway/event-store';

type Row = Readonly<{
  budget_id: string;
  workspace_id: string;
  environment: string | null;
  kind: string;
  limit_micro_usd: string;
  webhook: unknown;
  told_percent: number;
  spent: string;
}>;

/** Writes a notice for each budget of which a further share is spent this month; answers how many there were. */
export const tellThresholds = (pool: LendingPool, at: number): Promise<number> =>
  inTransaction(pool, async (connection) => {
    const month = monthOf(at);
    const { rows } = await connection.query<Row>({
      name: 'budgets-spent',
      text: `select budget_id, workspace_id, environment, kind, limit_micro_usd, webhook,
          case when told_month = $1 then told_percent else 0 end as told_percent,
          coalesce((select sum(billed) from billing.month_spend spend where spend.workspace_id = budget.workspace_id
            and month = $1 and (budget.environment is null or spend.environment = budget.environment)), 0)::bigint as spent
        from billing.budgets budget order by budget_id for update`,
      values: [month],
    });
    let notices = 0;
    for (const row of rows) {
      const percent = reachedThreshold(BigInt(row.limit_micro_usd), BigInt(row.spent));
      if (percent === undefined || percent <= row.told_percent || row.limit_micro_usd === '0') continue;
      notices += 1;
      await connection.query({
        text: `insert into billing.notices (notice_id, workspace_id, type, data, at, webhook, try_after)
          values ($1, $2, 'budget-threshold-reached', $3, $4, $5, $6)`,
        values: [
          `no-${randomUUID()}`,
          row.workspace_id,
          JSON.stringify({
            budgetId: row.budget_id,
            workspaceId: row.workspace_id,
            ...(row.environment === null ? {} : { environment: row.environment }),
            kind: row.kind,
            month,
            percent,
            limitUsd: usdText(BigInt(row.limit_micro_usd)),
            spentUsd: usdText(BigInt(row.spent)),
          }),
          at,
          row.webhook === null ? null : JSON.stringify(row.webhook),
          row.webhook === null ? null : at,
        ],
      });
      await connection.query({
        text: 'update billing.budgets set told_percent = $2, told_month = $3 where budget_id = $1',
        values: [row.budget_id, percent, month],
      });
    }
    return notices;
  });
