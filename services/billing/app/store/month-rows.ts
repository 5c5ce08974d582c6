import type { Adjustment, Charge, HourAmount } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { chargeOf, type ChargeRow } from './charge-rows.js';

type OfMonth = Readonly<{ workspaceId: string; month: string }>;

/** What was charged on the invoice of a month, hour by hour. */
export const chargedHours = async (
  connection: SqlPool,
  { workspaceId, month }: OfMonth,
): Promise<readonly HourAmount[]> => {
  const { rows } = await connection.query<{ hour: string; billed: string }>({
    name: 'charged-hours',
    text: 'select hour, billed from billing.hour_spend where workspace_id = $1 and month = $2 order by hour',
    values: [workspaceId, month],
  });
  return rows.map(({ hour, billed }) => ({ hour: Number(hour), amountMicroUsd: BigInt(billed) }));
};

const PAGE = 5_000;

/** What was charged on the invoice of a month, page by page: who needs all pages of one moment holds the account meanwhile. */
export async function* eachChargeOfMonth(
  connection: SqlPool,
  { workspaceId, month }: OfMonth,
  page = PAGE,
): AsyncGenerator<Charge> {
  let after = { hour: '-1', chargeId: '' };
  for (;;) {
    const { rows } = await connection.query<ChargeRow & Readonly<{ hour: string }>>({
      name: 'charges-of-month',
      text: `select charge_id, quantity, subject, hour from billing.charges
        where workspace_id = $1 and billed_in = $2 and hour >= $3 and (hour, charge_id) > ($3::bigint, $4)
        order by hour, charge_id limit $5`,
      values: [workspaceId, month, after.hour, after.chargeId, page],
    });
    yield* rows.map(chargeOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = { hour: last.hour, chargeId: last.charge_id };
  }
}

/** What was corrected by hand on the invoice of a month. */
export const adjustmentsOfMonth = async (
  connection: SqlPool,
  { workspaceId, month }: OfMonth,
): Promise<readonly Adjustment[]> => {
  const { rows } = await connection.query<{ entry_id: string; at: string; reason: string; amount: string }>({
    name: 'adjustments-of-month',
    text: `select entry_id, at, reason, amount from billing.adjustments
      where workspace_id = $1 and billed_in = $2 order by at, entry_id`,
    values: [workspaceId, month],
  });
  return rows.map(({ entry_id, at, reason, amount }) => ({
    entryId: entry_id,
    at: Number(at),
    reason,
    amountMicroUsd: BigInt(amount),
  }));
};

/** An account's balance; debits are positive. */
export const balanceOf = async (connection: SqlPool, account: string): Promise<bigint> => {
  const { rows } = await connection.query<{ amount: string }>({
    name: 'balance-of',
    text: 'select amount from billing.balances where account = $1',
    values: [account],
  });
  return BigInt(rows[0]?.amount ?? 0);
};
