import { monthlyGrant, bookGrant, type Grant, type OpenGrant } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import type { OpenAccount } from './account-rows.js';
import { writeEntries } from './entry-rows.js';

type Row = Readonly<{
  grant_id: string;
  workspace_id: string;
  amount: string;
  left_over: string;
  starts_at: string;
  expires_at: string | null;
  lapsed: boolean;
  reason: string;
}>;

export type KeptGrant = OpenGrant & Readonly<{ lapsed: boolean }>;

const grantOf = (row: Row): KeptGrant => ({
  grantId: row.grant_id,
  workspaceId: row.workspace_id,
  amountMicroUsd: BigInt(row.amount),
  leftMicroUsd: BigInt(row.left_over),
  startsAt: Number(row.starts_at),
  ...(row.expires_at === null ? {} : { expiresAt: Number(row.expires_at) }),
  lapsed: row.lapsed,
  reason: row.reason,
});

export const readGrants = async (connection: SqlPool, workspaceId: string): Promise<readonly KeptGrant[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-grants',
    text: `select grant_id, workspace_id, amount, left_over, starts_at, expires_at, lapsed, reason
      from billing.grants where workspace_id = $1 order by starts_at, grant_id`,
    values: [workspaceId],
  });
  return rows.map(grantOf);
};

/** Those that may still pay for something: also for what was used before their end and becomes known late. */
export const readOpenGrants = async (
  connection: SqlPool,
  workspaceId: string,
): Promise<readonly KeptGrant[]> =>
  (await readGrants(connection, workspaceId)).filter(({ lapsed }) => !lapsed);

/** Gives a grant and books it; one whose id is there already is the same one. */
export const writeGrant = async (connection: SqlPool, grant: Grant, at: number): Promise<void> => {
  const { rowCount } = await connection.query({
    name: 'write-grant',
    text: `insert into billing.grants (grant_id, workspace_id, amount, left_over, starts_at, expires_at, reason, given_at)
      values ($1, $2, $3, $3, $4, $5, $6, $7) on conflict do nothing`,
    values: [
      grant.grantId,
      grant.workspaceId,
      String(grant.amountMicroUsd),
      grant.startsAt,
      grant.expiresAt ?? null,
      grant.reason,
      at,
    ],
  });
  if (rowCount === 1)
    await writeEntries(connection, [bookGrant({ entryId: `grant-${grant.grantId}`, at }, grant)]);
};

/** Makes sure that a workspace has what it is given each month, for every open month up to `month`. */
export const ensureMonthlyGrant = async (
  connection: SqlPool,
  { workspaceId, monthlyCreditMicroUsd }: OpenAccount,
  month: string,
  at: number,
): Promise<void> => {
  if (monthlyCreditMicroUsd > 0n)
    await writeGrant(connection, monthlyGrant(workspaceId, month, monthlyCreditMicroUsd), at);
};
