import { judgeHold, monthOf, mostPerSecond, needOfHold, type Cap } from '@slipway/billing-core';
import type { AskHold, HoldVerdict, SpendCap } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { openAccount } from '../balances/balance-view.js';
import { ensureMonthlyGrant } from '../store/grant-rows.js';
import { HELD, openAt, readTerms, writeHold } from '../store/hold-rows.js';
import { readRateBook } from '../store/rate-book-rows.js';

/** Sets money aside for containers, workspace by workspace: those of one workspace are judged one after another. */
export const holdSpend = async (
  pool: LendingPool,
  holds: readonly AskHold[],
  now: () => number,
): Promise<readonly HoldVerdict[]> => {
  const verdicts = new Map<string, HoldVerdict>();
  for (const [workspaceId, asked] of Map.groupBy(holds, (hold) => hold.workspaceId))
    await inTransaction(pool, async (connection) => {
      await connection.query({
        name: 'judge-alone',
        text: `select pg_advisory_xact_lock(hashtextextended('billing-holds ' || $1, 0))`,
        values: [workspaceId],
      });
      const account = await openAccount(connection, workspaceId, now());
      await ensureMonthlyGrant(connection, account, monthOf(now()), now());
      for (const hold of asked) verdicts.set(hold.holdId, await judge(connection, hold, now()));
    });
  return holds.flatMap(({ holdId }) => verdicts.get(holdId) ?? []);
};

const judge = async (connection: SqlPool, ask: AskHold, at: number): Promise<HoldVerdict> => {
  const { holdId, workspaceId, environment, fromMs, untilMs } = ask;
  const nanoUsdPerSecond = mostPerSecond(await readRateBook(connection), workspaceId, ask.ceiling, at);
  const need = needOfHold(await readTerms(connection, holdId), { fromMs, untilMs, nanoUsdPerSecond });
  if (need === undefined) return { holdId, verdict: 'held' };
  const caps = await capsOver(connection, { workspaceId, environment }, at);
  const verdict = judgeHold(need.needMicroUsd, caps);
  if (verdict.verdict === 'held')
    await writeHold(connection, { holdId, workspaceId, environment, ...need.terms });
  return { holdId, ...verdict };
};

type CapRow = Readonly<{ name: string; limit_: string; spent: string; held: string }>;

/** All limits over what starts in an environment, as they stand: what is spent and what is held are read at once. */
const capsOver = async (
  connection: SqlPool,
  { workspaceId, environment }: Readonly<{ workspaceId: string; environment: string }>,
  at: number,
): Promise<readonly Cap[]> => {
  const { rows } = await connection.query<CapRow>({
    name: 'caps-over',
    text: `with held as (
        select environment, sum(${HELD})::bigint as micro_usd from billing.holds
        where workspace_id = $1 and ${openAt('$4::bigint')} group by environment
      ), spent as (
        select environment, billed as micro_usd from billing.month_spend where workspace_id = $1 and month = $3
      )
      select case when budget.environment is null then 'the workspace' else 'environment ''' || budget.environment || '''' end as name,
        limit_micro_usd as limit_,
        coalesce((select sum(micro_usd) from spent where budget.environment is null or spent.environment = budget.environment), 0)::bigint as spent,
        coalesce((select sum(micro_usd) from held where budget.environment is null or held.environment = budget.environment), 0)::bigint as held
      from billing.budgets budget
      where workspace_id = $1 and kind = 'hard' and (budget.environment is null or budget.environment = $2)
      union all
      select 'what was paid ahead',
        coalesce((select -amount from billing.balances where account = 'prepaid:' || $1), 0)
          + coalesce((select sum(left_over) from billing.grants where workspace_id = $1 and not lapsed
              and starts_at <= $4 and (expires_at is null or expires_at > $4)), 0)::bigint,
        coalesce((select amount from billing.balances where account = 'unbilled:' || $1), 0),
        coalesce((select sum(micro_usd) from held), 0)::bigint
      from billing.accounts where workspace_id = $1 and terms = 'prepaid'`,
    values: [workspaceId, environment, monthOf(at), at],
  });
  return rows.map(({ name, limit_, spent, held }) => ({
    name,
    limitMicroUsd: BigInt(limit_),
    spentMicroUsd: BigInt(spent),
    heldMicroUsd: BigInt(held),
  }));
};

/** Where starts need money set aside: under hard budgets, and where use is paid ahead. */
export const listSpendCaps = async (connection: SqlPool): Promise<readonly SpendCap[]> => {
  const { rows } = await connection.query<{ workspace_id: string; environment: string | null }>({
    name: 'list-spend-caps',
    text: `select workspace_id, environment from billing.budgets where kind = 'hard'
      union select workspace_id, null from billing.accounts where terms = 'prepaid' order by 1, 2`,
  });
  return rows.map(({ workspace_id, environment }) => ({
    workspaceId: workspace_id,
    ...(environment === null ? {} : { environment }),
  }));
};
