import {
  judgeHold,
  monthOf,
  mostPerSecond,
  needOfHold,
  type HoldTerms,
  type RateBook,
} from '@slipway/billing-core';
import type { AskHold, AskOf, HoldVerdict, SpendCap } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { openAccount } from '../balances/balance-view.js';
import { ensureMonthlyGrant } from '../store/grant-rows.js';
import { readTerms, writeHold } from '../store/hold-rows.js';
import { judgeAlone } from '../store/judge-alone.js';
import { readRateBook } from '../store/rate-book-rows.js';
import { capsOver, readLimits, withHeld, type Limits } from './read-limits.js';

/** Sets money aside for containers, workspace by workspace: those of one workspace are judged one after another. */
export const holdSpend = async (
  pool: LendingPool,
  { shard, holds }: AskOf<'billing.hold-spend'>,
  now: () => number,
): Promise<readonly HoldVerdict[]> => {
  const verdicts = new Map<string, HoldVerdict>();
  for (const [workspaceId, asked] of Map.groupBy(holds, (hold) => hold.workspaceId))
    await inTransaction(pool, async (connection) => {
      await judgeAlone(connection, workspaceId);
      const at = now();
      const account = await openAccount(connection, workspaceId, at);
      await ensureMonthlyGrant(connection, account, monthOf(at), at);
      const book = await readRateBook(connection);
      const terms = await readTerms(
        connection,
        asked.map(({ holdId }) => holdId),
      );
      let limits = await readLimits(connection, account, at);
      for (const hold of asked) {
        const judged = await judge(connection, hold, {
          shard,
          terms: terms.get(hold.holdId),
          book,
          limits,
          at,
        });
        limits = judged.limits;
        verdicts.set(hold.holdId, judged.verdict);
      }
    });
  return holds.flatMap(({ holdId }) => verdicts.get(holdId) ?? []);
};

type Known = Readonly<{
  shard: string;
  terms: HoldTerms | undefined;
  book: RateBook;
  limits: Limits;
  at: number;
}>;

/** The verdict, and the limits with what is held then. */
const judge = async (
  connection: SqlPool,
  { holdId, workspaceId, environment, fromMs, untilMs, ceiling }: AskHold,
  { shard, terms, book, limits, at }: Known,
): Promise<Readonly<{ verdict: HoldVerdict; limits: Limits }>> => {
  const nanoUsdPerSecond = mostPerSecond(book, workspaceId, ceiling, at);
  const need = needOfHold(terms, { fromMs, untilMs, nanoUsdPerSecond });
  if (need === undefined) return { verdict: { holdId, verdict: 'held' }, limits };
  const judged = judgeHold(need.needMicroUsd, capsOver(limits, environment));
  if (judged.verdict !== 'held') return { verdict: { holdId, ...judged }, limits };
  await writeHold(connection, { holdId, shard, workspaceId, environment, ...need.terms });
  return { verdict: { holdId, ...judged }, limits: withHeld(limits, environment, need.needMicroUsd) };
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
