import { nextMonth, type OpenMonth, type OpenMonths } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import type { OpenAccount } from '../store/account-rows.js';
import { ensureMonthlyGrant, readOpenGrants } from '../store/grant-rows.js';
import { adjustmentsOfMonth, balanceOf, chargedHours } from '../store/month-rows.js';

/** The months up to one that have no invoice yet, and what there is to pay for them. */
export const readOpenMonths = async (
  connection: SqlPool,
  account: OpenAccount,
  upTo: string,
  at: number,
): Promise<OpenMonths> => {
  const { workspaceId } = account;
  const months: OpenMonth[] = [];
  for (let month = account.openMonth; month <= upTo; month = nextMonth(month)) {
    await ensureMonthlyGrant(connection, account, month, at);
    const of = { workspaceId, month };
    months.push({
      month,
      hours: await chargedHours(connection, of),
      adjustments: await adjustmentsOfMonth(connection, of),
    });
  }
  return {
    months,
    grants: await readOpenGrants(connection, workspaceId),
    prepaidLeftMicroUsd: -(await balanceOf(connection, `prepaid:${workspaceId}`)),
  };
};
