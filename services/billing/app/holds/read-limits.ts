import { monthOf, paidAhead, type Cap } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { readOpenMonths } from '../balances/open-months.js';
import { readAccounts, type OpenAccount } from '../store/account-rows.js';
import { HELD } from '../store/hold-rows.js';

/** One limit of a workspace; without an environment it is over all of them. */
type Limit = Omit<Cap, 'heldMicroUsd'> & Readonly<{ environment?: string }>;

/** All limits of a workspace as they stand, and what is held in each of its environments. */
export type Limits = Readonly<{ limits: readonly Limit[]; held: ReadonlyMap<string, bigint> }>;

/** Those over what starts in an environment. */
export const capsOver = ({ limits, held }: Limits, environment: string): readonly Cap[] => {
  const inAll = [...held.values()].reduce((sum, microUsd) => sum + microUsd, 0n);
  return limits
    .filter((limit) => limit.environment === undefined || limit.environment === environment)
    .map(({ environment: of, ...limit }) => ({
      ...limit,
      heldMicroUsd: of === undefined ? inAll : (held.get(of) ?? 0n),
    }));
};

export const withHeld = ({ limits, held }: Limits, environment: string, microUsd: bigint): Limits => ({
  limits,
  held: new Map([...held, [environment, (held.get(environment) ?? 0n) + microUsd]]),
});

/** What is held is read first: what is booked meanwhile counts twice for this moment, and never not at all. */
export const readLimits = async (
  connection: SqlPool,
  { workspaceId, terms }: OpenAccount,
  at: number,
): Promise<Limits> => {
  const held = await readHeld(connection, workspaceId);
  const budgets = await readBudgets(connection, workspaceId, at);
  return {
    held,
    limits: terms === 'prepaid' ? [...budgets, await readPaidAhead(connection, workspaceId, at)] : budgets,
  };
};

const readHeld = async (connection: SqlPool, workspaceId: string): Promise<ReadonlyMap<string, bigint>> => {
  const { rows } = await connection.query<{ environment: string; micro_usd: string }>({
    name: 'read-held',
    text: `select environment, sum(${HELD})::bigint as micro_usd from billing.holds
      where workspace_id = $1 and not settled group by environment`,
    values: [workspaceId],
  });
  return new Map(rows.map(({ environment, micro_usd }) => [environment, BigInt(micro_usd)]));
};

type BudgetRow = Readonly<{ environment: string | null; limit_: string; spent: string }>;

const readBudgets = async (
  connection: SqlPool,
  workspaceId: string,
  at: number,
): Promise<readonly Limit[]> => {
  const { rows } = await connection.query<BudgetRow>({
    name: 'read-hard-budgets',
    text: `select environment, limit_micro_usd as limit_,
        coalesce((select sum(billed) from billing.month_spend spend where spend.workspace_id = $1 and month = $2
          and (budget.environment is null or spend.environment = budget.environment)), 0)::bigint as spent
      from billing.budgets budget where workspace_id = $1 and kind = 'hard'`,
    values: [workspaceId, monthOf(at)],
  });
  return rows.map(({ environment, limit_, spent }) => ({
    name: environment === null ? 'the workspace' : `environment '${environment}'`,
    ...(environment === null ? {} : { environment }),
    limitMicroUsd: BigInt(limit_),
    spentMicroUsd: BigInt(spent),
  }));
};

/** No month of the workspace is closed while it is read. */
const readPaidAhead = async (connection: SqlPool, workspaceId: string, at: number): Promise<Limit> => {
  const account = (await readAccounts(connection, [workspaceId], 'held')).get(workspaceId);
  if (account === undefined) throw new Error(`the account of ${workspaceId} is gone`);
  const open = await readOpenMonths(connection, account, monthOf(at), at);
  return { name: 'what was paid ahead', ...paidAhead({ ...open, at }) };
};
