import type { Instant } from '@slipway/kernel';
import type { ChargeSubject } from '../charges/charge.js';
import type { MicroUsd } from '../money/micro-usd.js';
import { monthEnd, monthStart, type Month } from '../months/month.js';
import { focusService, NO_SERVICE, type FocusService } from './focus-services.js';
import type { FocusRow } from './focus-columns.js';
import { emptyRow } from './empty-row.js';
import { periodAt, type Granularity } from './exported-charge.js';
import { resourceColumns } from './use-row.js';

type OfAccount = Readonly<{
  workspaceId: string;
  accountName: string;
  month: Month;
  invoiceNumber?: string;
}>;

/** What of a grant paid for a month: known when its invoice is issued. */
export type ExportedCredit = OfAccount &
  Readonly<{ grantId: string; reason: string; usedMicroUsd: MicroUsd }>;

/** What was put right by hand, and of which charge, where it names one. */
export type ExportedAdjustment = OfAccount &
  Readonly<{
    entryId: string;
    at: Instant;
    reason: string;
    amountMicroUsd: MicroUsd;
    subject?: ChargeSubject;
  }>;

/** Used credit is less to pay, for the month as a whole. */
export const creditRow = (credit: ExportedCredit, issuer: string): FocusRow => ({
  ...accountRow(credit, NO_SERVICE, -credit.usedMicroUsd, issuer),
  ChargeCategory: 'Credit',
  ChargeDescription: credit.reason,
  ChargePeriodStart: monthStart(credit.month),
  ChargePeriodEnd: monthEnd(credit.month),
  x_LedgerEntryId: credit.grantId,
});

/** Where it puts a charge right that was on an earlier invoice, it is a correction as FOCUS means it. */
export const adjustmentRow = (
  adjustment: ExportedAdjustment,
  granularity: Granularity,
  issuer: string,
): FocusRow => {
  const { subject, at, month } = adjustment;
  const period = periodAt(at, granularity);
  return {
    ...accountRow(
      adjustment,
      subject === undefined ? NO_SERVICE : focusService(subject.price.sku, subject.resource),
      adjustment.amountMicroUsd,
      issuer,
    ),
    ...(subject === undefined ? {} : resourceColumns(subject)),
    ChargeCategory: 'Adjustment',
    ChargeClass: subject !== undefined && subject.billedIn < month ? 'Correction' : null,
    ChargeDescription: adjustment.reason,
    ChargePeriodStart: period.from,
    ChargePeriodEnd: period.to,
    x_LedgerEntryId: adjustment.entryId,
  };
};

const accountRow = (
  { workspaceId, accountName, month, invoiceNumber }: OfAccount,
  service: FocusService,
  amountMicroUsd: MicroUsd,
  issuer: string,
): FocusRow => ({
  ...emptyRow,
  BilledCost: amountMicroUsd,
  ContractedCost: amountMicroUsd,
  EffectiveCost: amountMicroUsd,
  ListCost: amountMicroUsd,
  BillingAccountId: workspaceId,
  BillingAccountName: accountName || null,
  BillingPeriodStart: monthStart(month),
  BillingPeriodEnd: monthEnd(month),
  ChargeFrequency: 'One-Time',
  InvoiceId: invoiceNumber ?? null,
  InvoiceIssuerName: issuer,
  ProviderName: issuer,
  PublisherName: issuer,
  ServiceCategory: service.category,
  ServiceName: service.name,
  ServiceSubcategory: service.subcategory,
});
