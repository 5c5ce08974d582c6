import { monthOf, readMonth, sumOpenMonths, usdText, type MonthSums } from '@slipway/billing-core';
import type { BalanceView } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { accepted } from '@slipway/kernel';
import { ensureAccounts, readAccounts, type OpenAccount } from '../store/account-rows.js';
import { readOpenGrants } from '../store/grant-rows.js';
import { readInvoiceOfMonth } from '../store/invoice-rows.js';
import { balanceOf } from '../store/month-rows.js';
import { readOpenMonths } from './open-months.js';

/** The account of a workspace, made when it is first asked for. */
export const openAccount = async (
  connection: SqlPool,
  workspaceId: string,
  at: number,
): Promise<OpenAccount> => {
  await ensureAccounts(connection, [{ workspaceId, firstUseAt: at }], at);
  const account = (await readAccounts(connection, [workspaceId], 'look')).get(workspaceId);
  if (account === undefined) throw new Error(`the account of ${workspaceId} was not made`);
  return account;
};

/** What a month comes to: as it was invoiced, or as it stands behind those before it that have no invoice yet. */
const monthSums = async (
  connection: SqlPool,
  account: OpenAccount,
  month: string,
  at: number,
): Promise<MonthSums> => {
  const { workspaceId } = account;
  const invoice = await readInvoiceOfMonth(connection, { workspaceId, month });
  if (invoice !== undefined)
    return {
      ...invoice,
      credits: invoice.credits.map((used) => ({
        ...used,
        grant: { ...used, workspaceId, amountMicroUsd: 0n, startsAt: 0 },
      })),
    };
  const { sums } = sumOpenMonths(await readOpenMonths(connection, account, month, at));
  return sums.at(-1) ?? NOTHING_USED;
};

/** A month that was closed without an invoice. */
const NOTHING_USED: MonthSums = {
  usageMicroUsd: 0n,
  adjustedMicroUsd: 0n,
  credits: [],
  creditedMicroUsd: 0n,
  prepaidMicroUsd: 0n,
  dueMicroUsd: 0n,
};

/** How a workspace stands in a month that has begun; this one where none is named. Refuses one that lies ahead. */
export const balanceView = async (
  connection: SqlPool,
  of: Readonly<{ workspaceId: string; month?: string }>,
  at: number,
): Promise<BalanceView> => {
  const month = of.month === undefined ? monthOf(at) : accepted(readMonth(of.month, at));
  const account = await openAccount(connection, of.workspaceId, at);
  const { workspaceId } = account;
  const sums = await monthSums(connection, account, month, at);
  const grants = (await readOpenGrants(connection, workspaceId)).filter(
    ({ startsAt, expiresAt }) => startsAt <= at && (expiresAt ?? Infinity) > at,
  );
  return {
    workspaceId,
    name: account.name,
    terms: account.terms,
    month,
    usageUsd: usdText(sums.usageMicroUsd),
    adjustedUsd: usdText(sums.adjustedMicroUsd),
    creditedUsd: usdText(sums.creditedMicroUsd),
    prepaidUsedUsd: usdText(sums.prepaidMicroUsd),
    dueUsd: usdText(sums.dueMicroUsd),
    creditsLeftUsd: usdText(grants.reduce((sum, { leftMicroUsd }) => sum + leftMicroUsd, 0n)),
    prepaidLeftUsd: usdText(-(await balanceOf(connection, `prepaid:${workspaceId}`))),
    unpaidUsd: usdText(await balanceOf(connection, `invoiced:${workspaceId}`)),
  };
};
