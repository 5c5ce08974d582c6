import {
  bookCorrection,
  bookPayment,
  giveGrant,
  isSameGrant,
  monthOf,
  parseUsd,
  shownUsd,
  usdText,
  type Grant,
} from '@slipway/billing-core';
import type { AskOf, BalanceView, GrantView } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { accepted, eventsOf, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { balanceView, openAccount } from '../balances/balance-view.js';
import { readAccounts, writeAccount } from '../store/account-rows.js';
import { writeEntries } from '../store/entry-rows.js';
import { readGrants, writeGrant, type KeptGrant } from '../store/grant-rows.js';
import { balanceOf } from '../store/month-rows.js';
import { isBooked } from './is-booked.js';

export const grantView = (grant: KeptGrant): GrantView => ({
  grantId: grant.grantId,
  amountUsd: usdText(grant.amountMicroUsd),
  leftUsd: usdText(grant.leftMicroUsd),
  startsAtMs: grant.startsAt,
  ...(grant.expiresAt === undefined ? {} : { expiresAtMs: grant.expiresAt }),
  lapsed: grant.lapsed,
  reason: grant.reason,
});

/** Gives a workspace credit. A grant of the same id is the same grant; refused where it says something else. */
export const giveCredit = (
  pool: LendingPool,
  ask: AskOf<'billing.give-grant'>,
  at: number,
): Promise<GrantView> =>
  inTransaction(pool, async (connection) => {
    const { workspaceId, grantId, reason } = ask;
    await openAccount(connection, workspaceId, at);
    const grant: Grant = {
      grantId,
      workspaceId,
      amountMicroUsd: accepted(parseUsd('amountUsd', ask.amountUsd)),
      startsAt: ask.startsAtMs ?? at,
      ...(ask.expiresAtMs === undefined ? {} : { expiresAt: ask.expiresAtMs }),
      reason,
    };
    eventsOf(giveGrant(grant, at));
    await writeGrant(connection, grant, at);
    const written = (await readGrants(connection, workspaceId)).find((one) => one.grantId === grantId);
    // Without a beginning of its own it begins when it was given first.
    const asked = { ...grant, startsAt: ask.startsAtMs ?? written?.startsAt ?? at };
    if (written === undefined || !isSameGrant(written, asked))
      return deny(
        refuse(
          'already-exists',
          'grant-exists',
          `There is another grant '${grantId}' already, of another workspace, amount, time or reason: give this one an id of its own.`,
        ),
      );
    return grantView(written);
  });

/** Money that came in. For an invoice no more than is owed: what is paid beyond that is paid ahead. */
export const recordPayment = (
  pool: LendingPool,
  ask: AskOf<'billing.record-payment'>,
  at: number,
): Promise<BalanceView> =>
  inTransaction(pool, async (connection) => {
    const { workspaceId, entryId, what, memo } = ask;
    await openAccount(connection, workspaceId, at);
    const amount = accepted(parseUsd('amountUsd', ask.amountUsd));
    await readAccounts(connection, [workspaceId], 'changed');
    const entry = accepted(bookPayment({ entryId, workspaceId, at }, what, amount, memo));
    if (await isBooked(connection, entry)) return balanceView(connection, { workspaceId }, at);
    const owed = await balanceOf(connection, `invoiced:${workspaceId}`);
    if (what === 'invoice-paid' && amount > owed)
      deny(
        refuse(
          'conflict',
          'payment-above-owed',
          `The payment is ${shownUsd(amount)}, but ${shownUsd(owed)} is owed on invoices: record the rest as paid ahead.`,
        ),
      );
    await writeEntries(connection, [entry]);
    return balanceView(connection, { workspaceId }, at);
  });

/** Puts a charge right: on the invoice of the month that it is now, or of the first open one. */
export const correctCharge = (
  pool: LendingPool,
  ask: AskOf<'billing.correct-charge'>,
  at: number,
): Promise<BalanceView> =>
  inTransaction(pool, async (connection) => {
    const { workspaceId, entryId, reason, chargeId } = ask;
    await openAccount(connection, workspaceId, at);
    const account = (await readAccounts(connection, [workspaceId], 'held')).get(workspaceId);
    const amountMicroUsd = accepted(parseUsd('amountUsd', ask.amountUsd));
    if (chargeId !== undefined) await requireCharge(connection, workspaceId, chargeId);
    const entry = accepted(
      bookCorrection(
        { entryId, workspaceId, at },
        { amountMicroUsd, reason, ...(chargeId === undefined ? {} : { chargeId }) },
      ),
    );
    if (!(await isBooked(connection, entry))) {
      await writeEntries(connection, [entry]);
      const now = monthOf(at);
      const open = account?.openMonth ?? now;
      await connection.query({
        text: `insert into billing.adjustments (entry_id, workspace_id, billed_in, amount, reason, at) values ($1, $2, $3, $4, $5, $6)`,
        values: [entryId, workspaceId, now > open ? now : open, String(amountMicroUsd), reason, at],
      });
    }
    return balanceView(connection, { workspaceId }, at);
  });

/** Changes how a workspace pays, what it is called on invoices, and what it is given each month from the next on. */
export const setAccount = (
  pool: LendingPool,
  ask: AskOf<'billing.set-account'>,
  at: number,
): Promise<BalanceView> =>
  inTransaction(pool, async (connection) => {
    const { workspaceId } = ask;
    await openAccount(connection, workspaceId, at);
    const account = (await readAccounts(connection, [workspaceId], 'changed')).get(workspaceId);
    if (account === undefined) throw new Error(`the account of ${workspaceId} is gone`);
    const credit =
      ask.monthlyCreditUsd === undefined
        ? account.monthlyCreditMicroUsd
        : accepted(parseUsd('monthlyCreditUsd', ask.monthlyCreditUsd));
    if (credit < 0n)
      deny(
        refuse(
          'invalid',
          'credit-negative',
          `monthlyCreditUsd is ${shownUsd(credit)}, but must not be below 0.`,
        ),
      );
    await writeAccount(connection, {
      ...account,
      name: ask.name ?? account.name,
      terms: ask.terms ?? account.terms,
      monthlyCreditMicroUsd: credit,
    });
    return balanceView(connection, { workspaceId }, at);
  });

const requireCharge = async (connection: SqlPool, workspaceId: string, chargeId: string): Promise<void> => {
  const { rowCount } = await connection.query({
    text: 'select from billing.charges where charge_id = $1 and workspace_id = $2',
    values: [chargeId, workspaceId],
  });
  if (rowCount === 0)
    deny(refuse('not-found', 'charge-not-found', `This workspace has no charge '${chargeId}'.`));
};
