import { DEFAULT_MONTHLY_CREDIT, monthOf, type BillingAccount } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';

export type OpenAccount = BillingAccount & Readonly<{ openMonth: string }>;

type Row = Readonly<{
  workspace_id: string;
  name: string;
  terms: BillingAccount['terms'];
  monthly_credit: string;
  open_month: string;
}>;

const accountOf = (row: Row): OpenAccount => ({
  workspaceId: row.workspace_id,
  name: row.name,
  terms: row.terms,
  monthlyCreditMicroUsd: BigInt(row.monthly_credit),
  openMonth: row.open_month,
});

/** Makes the accounts that are missing. Their first month is that of their earliest usage, until the first invoice. */
export const ensureAccounts = async (
  connection: SqlPool,
  workspaces: readonly Readonly<{ workspaceId: string; firstUseAt: number }>[],
  at: number,
): Promise<void> => {
  const sorted = workspaces.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
  await connection.query({
    name: 'ensure-accounts',
    text: `insert into billing.accounts (workspace_id, name, terms, monthly_credit, open_month, created_at)
      select row.id, row.id, 'invoiced', $3, row.month, $4 from unnest($1::text[], $2::text[]) as row (id, month)
      on conflict (workspace_id) do update set open_month = excluded.open_month
        where excluded.open_month < billing.accounts.open_month
          and not exists (select from billing.invoices where workspace_id = excluded.workspace_id)`,
    values: [
      sorted.map(({ workspaceId }) => workspaceId),
      sorted.map(({ firstUseAt }) => monthOf(firstUseAt)),
      String(DEFAULT_MONTHLY_CREDIT),
      at,
    ],
  });
};

/** `held`: no month of theirs is closed until the transaction ends. */
export const readAccounts = async (
  connection: SqlPool,
  workspaceIds: readonly string[],
  how: 'look' | 'held' | 'changed',
): Promise<ReadonlyMap<string, OpenAccount>> => {
  const lock = { look: '', held: 'for share', changed: 'for update' }[how];
  const { rows } = await connection.query<Row>({
    name: `read-accounts-${how}`,
    text: `select workspace_id, name, terms, monthly_credit, open_month from billing.accounts
      where workspace_id = any($1) order by workspace_id ${lock}`,
    values: [workspaceIds],
  });
  return new Map(rows.map((row) => [row.workspace_id, accountOf(row)]));
};

export const writeAccount = (connection: SqlPool, account: OpenAccount): Promise<unknown> =>
  connection.query({
    text: `update billing.accounts set name = $2, terms = $3, monthly_credit = $4, open_month = $5 where workspace_id = $1`,
    values: [
      account.workspaceId,
      account.name,
      account.terms,
      String(account.monthlyCreditMicroUsd),
      account.openMonth,
    ],
  });
