import {
  ChargedMonth,
  bookExpiry,
  closeMonth,
  lapsesAtClose,
  monthEnd,
  nextMonth,
  readMonth,
} from '@slipway/billing-core';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { accepted, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { readAccounts, writeAccount, type OpenAccount } from '../store/account-rows.js';
import { writeEntries } from '../store/entry-rows.js';
import { ensureMonthlyGrant, readOpenGrants } from '../store/grant-rows.js';
import { nextInvoiceNumber, writeInvoice } from '../store/invoice-rows.js';
import { adjustmentsOfMonth, balanceOf, eachChargeOfMonth } from '../store/month-rows.js';

/**
 * Issues the invoices up to a month that is over, each workspace in a commit of its own; answers how many there were. One whose
 * month cannot be closed holds up no other: it is told of at the end.
 */
export const closeMonths = async (pool: LendingPool, upTo: string, at: number): Promise<number> => {
  const month = accepted(readMonth(upTo, at));
  if (at < monthEnd(month))
    deny(
      refuse(
        'conflict',
        'month-not-over',
        `The month ${month} ends at ${new Date(monthEnd(month)).toISOString()}: it can be closed then.`,
      ),
    );
  let invoices = 0;
  const failed = new Map<string, unknown>();
  for (;;) {
    const { rows } = await pool.query<{ workspace_id: string }>({
      text: `select workspace_id from billing.accounts where open_month <= $1 and workspace_id <> all($2)
        order by open_month, workspace_id limit 500`,
      values: [month, [...failed.keys()]],
    });
    if (rows.length === 0) break;
    for (const { workspace_id } of rows)
      try {
        if (await closeOne(pool, workspace_id, month, at)) invoices += 1;
      } catch (error) {
        failed.set(workspace_id, error);
      }
  }
  if (failed.size > 0)
    throw new AggregateError(
      failed.values(),
      `${invoices} invoices are issued, but the months of ${[...failed.keys()].join(', ')} are not closed: ${String([...failed.values()][0])}`,
    );
  return invoices;
};

/** Closes the workspace's earliest open month; whether that gave an invoice. */
const closeOne = (pool: LendingPool, workspaceId: string, upTo: string, at: number): Promise<boolean> =>
  inTransaction(pool, async (connection) => {
    const account = (await readAccounts(connection, [workspaceId], 'changed')).get(workspaceId);
    if (account === undefined || account.openMonth > upTo) return false;
    const month = account.openMonth;
    await ensureMonthlyGrant(connection, account, month, at);
    const issued = await issue(connection, account, month, at);
    await lapseGrants(connection, workspaceId, month, at);
    await writeAccount(connection, { ...account, openMonth: nextMonth(month) });
    return issued;
  });

/** A month in which nothing was used needs no invoice. */
const issue = async (
  connection: SqlPool,
  account: OpenAccount,
  month: string,
  at: number,
): Promise<boolean> => {
  const { workspaceId } = account;
  const of = { workspaceId, month };
  const charged = new ChargedMonth();
  for await (const charge of eachChargeOfMonth(connection, of)) charged.add(charge);
  const adjustments = await adjustmentsOfMonth(connection, of);
  if (charged.hours.length === 0 && adjustments.length === 0) return false;
  const number = await nextInvoiceNumber(connection);
  const { invoice, entries } = closeMonth(
    {
      account,
      month,
      charged,
      adjustments,
      grants: await readOpenGrants(connection, workspaceId),
      prepaidLeftMicroUsd: -(await balanceOf(connection, `prepaid:${workspaceId}`)),
    },
    { number, at, entryId: (part) => `close-${workspaceId}-${month}-${part}` },
  );
  await writeEntries(connection, entries);
  for (const { grantId, usedMicroUsd } of invoice.credits)
    await connection.query({
      text: 'update billing.grants set left_over = left_over - $2 where grant_id = $1',
      values: [grantId, String(usedMicroUsd)],
    });
  await writeInvoice(connection, number, invoice);
  return true;
};

/** What ended before a month and was not used up is owed no longer. */
const lapseGrants = async (
  connection: SqlPool,
  workspaceId: string,
  month: string,
  at: number,
): Promise<void> => {
  const over = (await readOpenGrants(connection, workspaceId)).filter((grant) => lapsesAtClose(grant, month));
  for (const grant of over) {
    const entryId = `lapse-${grant.grantId}`;
    if (grant.leftMicroUsd > 0n)
      await writeEntries(connection, [bookExpiry({ entryId, at }, grant, grant.leftMicroUsd)]);
    await connection.query({
      text: 'update billing.grants set lapsed = true, left_over = 0 where grant_id = $1',
      values: [grant.grantId],
    });
  }
};
