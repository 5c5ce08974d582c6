import type { MicroUsd } from '../money/micro-usd.js';

/** How a workspace pays: `invoiced` after the month, `prepaid` before it is used, so that it cannot use more than is there. */
export type PaymentTerms = 'invoiced' | 'prepaid';

export type BillingAccount = Readonly<{
  workspaceId: string;
  /** As invoices show it. */
  name: string;
  terms: PaymentTerms;
  monthlyCreditMicroUsd: MicroUsd;
}>;

export const DEFAULT_MONTHLY_CREDIT: MicroUsd = 30_000_000n;
