import { randomBytes, randomUUID } from 'node:crypto';
import { monthOf, parseUsd, setBudget, usdText, type Budget } from '@slipway/billing-core';
import type { AnswerOf, AskOf, BudgetView } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { accepted, eventsOf, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { HELD } from '../store/hold-rows.js';
import { judgeAlone } from '../store/judge-alone.js';
import { lockSpend, setSpendAside } from '../store/month-spend-rows.js';

type Row = Readonly<{
  budget_id: string;
  environment: string | null;
  kind: Budget['kind'];
  limit_micro_usd: string;
  webhook: { url: string } | null;
  set_by: string;
  set_at: string;
  spent: string;
  held: string;
}>;

const viewOf = (row: Row): BudgetView => ({
  budgetId: row.budget_id,
  ...(row.environment === null ? {} : { environment: row.environment }),
  kind: row.kind,
  limitUsd: usdText(BigInt(row.limit_micro_usd)),
  spentUsd: usdText(BigInt(row.spent)),
  heldUsd: usdText(BigInt(row.held)),
  ...(row.webhook === null ? {} : { webhookUrl: row.webhook.url }),
  setBy: row.set_by,
  setAtMs: Number(row.set_at),
});

/** The budgets of a workspace with what is spent and held of each this month. */
export const listBudgets = async (
  connection: SqlPool,
  workspaceId: string,
  at: number,
): Promise<readonly BudgetView[]> => {
  const { rows } = await connection.query<Row>({
    name: 'list-budgets',
    text: `select budget_id, environment, kind, limit_micro_usd, webhook, set_by, set_at,
        coalesce((select sum(billed) from billing.month_spend spend where spend.workspace_id = $1 and month = $2
          and (budget.environment is null or spend.environment = budget.environment)), 0)::bigint as spent,
        coalesce((select sum(${HELD}) from billing.holds hold where hold.workspace_id = $1 and not hold.settled
          and (budget.environment is null or hold.environment = budget.environment)), 0)::bigint as held
      from billing.budgets budget where workspace_id = $1 order by environment nulls first, kind`,
    values: [workspaceId, monthOf(at)],
  });
  return rows.map(viewOf);
};

/** Sets the budget of its kind for the workspace or an environment, in place of the one that was there. */
export const setWorkspaceBudget = (
  pool: LendingPool,
  ask: AskOf<'billing.set-budget'>,
  at: number,
): Promise<AnswerOf<'billing.set-budget'>> =>
  inTransaction(pool, async (connection) => {
    const { workspaceId, environment, kind, webhookUrl } = ask;
    const spent = await connection.query<{ spent: string }>({
      text: `select coalesce(sum(billed), 0)::bigint as spent from billing.month_spend
        where workspace_id = $1 and month = $2 and ($3::text is null or environment = $3)`,
      values: [workspaceId, monthOf(at), environment ?? null],
    });
    const webhook =
      webhookUrl === undefined
        ? undefined
        : { url: webhookUrl, secret: `whsec_${randomBytes(24).toString('base64')}` };
    const budget: Budget = {
      budgetId: `bu-${randomUUID()}`,
      workspaceId,
      ...(environment === undefined ? {} : { environment }),
      kind,
      limitMicroUsd: accepted(parseUsd('limitUsd', ask.limitUsd)),
      ...(webhook === undefined ? {} : { webhook }),
    };
    eventsOf(setBudget(budget, BigInt(spent.rows[0]?.spent ?? 0)));
    await connection.query({
      text: `insert into billing.budgets (budget_id, workspace_id, environment, kind, limit_micro_usd, webhook, set_by, set_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (workspace_id, coalesce(environment, ''), kind) do update set limit_micro_usd = excluded.limit_micro_usd,
          webhook = excluded.webhook, set_by = excluded.set_by, set_at = excluded.set_at, told_percent = 0`,
      values: [
        budget.budgetId,
        workspaceId,
        environment ?? null,
        kind,
        String(budget.limitMicroUsd),
        webhook === undefined ? null : JSON.stringify(webhook),
        ask.setBy,
        at,
      ],
    });
    const view = (await listBudgets(connection, workspaceId, at)).find(
      (one) => one.kind === kind && one.environment === environment,
    );
    if (view === undefined) throw new Error(`the budget ${budget.budgetId} was not written`);
    return { budget: view, ...(webhook === undefined ? {} : { webhookSecret: webhook.secret }) };
  });

export const deleteBudget = async (
  connection: SqlPool,
  { workspaceId, budgetId }: AskOf<'billing.delete-budget'>,
): Promise<Record<string, never>> => {
  const { rowCount } = await connection.query({
    text: 'delete from billing.budgets where workspace_id = $1 and budget_id = $2',
    values: [workspaceId, budgetId],
  });
  if (rowCount === 0)
    deny(refuse('not-found', 'budget-not-found', `This workspace has no budget '${budgetId}'.`));
  return {};
};

/** All of an environment, with what is spent of them: one that is made later under its name begins without. */
export const deleteBudgets = (
  pool: LendingPool,
  { workspaceId, environment }: AskOf<'billing.delete-budgets'>,
): Promise<void> =>
  inTransaction(pool, async (connection) => {
    await judgeAlone(connection, workspaceId);
    // Locked in the order of those who tell of budgets.
    await connection.query({
      text: `select from billing.budgets
        where workspace_id = $1 and environment = $2 order by budget_id for update`,
      values: [workspaceId, environment],
    });
    await connection.query({
      text: 'delete from billing.budgets where workspace_id = $1 and environment = $2',
      values: [workspaceId, environment],
    });
    await lockSpend(connection, workspaceId, [environment]);
    await setSpendAside(connection, workspaceId, environment);
  });
