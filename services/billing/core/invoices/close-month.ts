import type { Instant } from '@slipway/kernel';
import type { BillingAccount } from '../accounts/billing-account.js';
import { useCredits, type HourAmount, type OpenGrant, type UsedCredit } from '../credits/use-credits.js';
import { assertBalanced, move, type LedgerEntry } from '../ledger/entry.js';
import type { MicroUsd } from '../money/micro-usd.js';
import { monthStart, type Month } from '../months/month.js';
import { invoiceNumber, type Adjustment, type Invoice, type InvoiceLine } from './invoice.js';

export type MonthToClose = Readonly<{
  account: BillingAccount;
  month: Month;
  /** All that is billed in the month. */
  charged: Readonly<{ hours: readonly HourAmount[]; lines: readonly InvoiceLine[] }>;
  adjustments: readonly Adjustment[];
  grants: readonly OpenGrant[];
  prepaidLeftMicroUsd: MicroUsd;
}>;

export type MonthSums = Readonly<{
  usageMicroUsd: MicroUsd;
  adjustedMicroUsd: MicroUsd;
  credits: readonly UsedCredit[];
  creditedMicroUsd: MicroUsd;
  prepaidMicroUsd: MicroUsd;
  dueMicroUsd: MicroUsd;
}>;

/** What a month comes to as it stands: also of one that is not over. */
export const sumHours = ({
  month,
  hours,
  adjustments,
  grants,
  prepaidLeftMicroUsd,
}: Omit<MonthToClose, 'account' | 'charged'> & Readonly<{ hours: readonly HourAmount[] }>): MonthSums => {
  const usageMicroUsd = total(hours.map(({ amountMicroUsd }) => amountMicroUsd));
  const adjustedMicroUsd = total(adjustments.map(({ amountMicroUsd }) => amountMicroUsd));
  const credits = useCredits(
    // What was adjusted counts for the month as a whole.
    [...hours, { hour: monthStart(month), amountMicroUsd: adjustedMicroUsd }],
    grants,
  );
  const creditedMicroUsd = total(credits.map(({ usedMicroUsd }) => usedMicroUsd));
  const owed = usageMicroUsd + adjustedMicroUsd - creditedMicroUsd;
  const prepaidMicroUsd = owed <= 0n ? 0n : owed < prepaidLeftMicroUsd ? owed : prepaidLeftMicroUsd;
  return {
    usageMicroUsd,
    adjustedMicroUsd,
    credits,
    creditedMicroUsd,
    prepaidMicroUsd,
    dueMicroUsd: owed - prepaidMicroUsd,
  };
};

/** The invoice of a month that is over, and the bookings that make what was used in it into what is owed. */
export const closeMonth = (
  toClose: MonthToClose,
  issue: Readonly<{ number: number; at: Instant; entryId: (part: string) => string }>,
): Readonly<{ invoice: Invoice; entries: readonly LedgerEntry[] }> => {
  const { account, month, charged, adjustments } = toClose;
  const { workspaceId } = account;
  const sums = sumHours({ ...toClose, hours: charged.hours });
  const number = invoiceNumber(issue.number);
  const entry = (
    part: string,
    of: Pick<LedgerEntry, 'kind' | 'memo' | 'postings'>,
  ): readonly LedgerEntry[] =>
    of.postings.length === 0
      ? []
      : [assertBalanced({ ...of, entryId: issue.entryId(part), workspaceId, at: issue.at, usage: [] })];
  const entries = [
    ...sums.credits.flatMap(({ grant, usedMicroUsd }) =>
      entry(grant.grantId, {
        kind: 'credit-used',
        memo: `${number}: ${grant.reason}`,
        postings: move(usedMicroUsd, `unbilled:${workspaceId}`, `credits:${workspaceId}`),
      }),
    ),
    ...entry('prepaid', {
      kind: 'prepaid-used',
      memo: `${number}: paid ahead`,
      postings: move(sums.prepaidMicroUsd, `unbilled:${workspaceId}`, `prepaid:${workspaceId}`),
    }),
    ...entry('invoice', {
      kind: 'invoice-issued',
      memo: `${number}: ${month}`,
      postings: move(sums.dueMicroUsd, `unbilled:${workspaceId}`, `invoiced:${workspaceId}`),
    }),
  ];
  return {
    invoice: {
      invoiceNumber: number,
      workspaceId,
      billedTo: account.name,
      terms: account.terms,
      month,
      issuedAt: issue.at,
      lines: charged.lines,
      adjustments,
      credits: sums.credits.map(({ grant, usedMicroUsd }) => ({
        grantId: grant.grantId,
        reason: grant.reason,
        usedMicroUsd,
      })),
      usageMicroUsd: sums.usageMicroUsd,
      adjustedMicroUsd: sums.adjustedMicroUsd,
      creditedMicroUsd: sums.creditedMicroUsd,
      prepaidMicroUsd: sums.prepaidMicroUsd,
      dueMicroUsd: sums.dueMicroUsd,
    },
    entries,
  };
};

const total = (amounts: readonly MicroUsd[]): MicroUsd => amounts.reduce((sum, amount) => sum + amount, 0n);
