import type { Instant } from '@slipway/kernel';
import type { BillingAccount } from '../accounts/billing-account.js';
import { amountsOf, type Charge, type ChargedResource } from '../charges/charge.js';
import type { MicroUsd } from '../money/micro-usd.js';
import { monthOf, type Month } from '../months/month.js';
import type { Sku } from '../rates/sku.js';

/** What one function or volume cost on one day. */
export type InvoiceLine = Readonly<{
  /** `2026-11-21`, UTC. */
  day: string;
  environment: string;
  resource: ChargedResource;
  /** Used in a month that had been closed before it became known. */
  correction: boolean;
  listMicroUsd: MicroUsd;
  billedMicroUsd: MicroUsd;
  bySku: readonly Readonly<{ sku: Sku; billedMicroUsd: MicroUsd }>[];
}>;

/** Something that an operator booked by hand. */
export type Adjustment = Readonly<{ entryId: string; at: Instant; reason: string; amountMicroUsd: MicroUsd }>;

export type Invoice = Readonly<{
  /** Without a gap over all workspaces: `INV-000042`. */
  invoiceNumber: string;
  workspaceId: string;
  billedTo: string;
  terms: BillingAccount['terms'];
  month: Month;
  issuedAt: Instant;
  lines: readonly InvoiceLine[];
  adjustments: readonly Adjustment[];
  credits: readonly Readonly<{ grantId: string; reason: string; usedMicroUsd: MicroUsd }>[];
  usageMicroUsd: MicroUsd;
  adjustedMicroUsd: MicroUsd;
  creditedMicroUsd: MicroUsd;
  prepaidMicroUsd: MicroUsd;
  /** Below zero: owed to the workspace. */
  dueMicroUsd: MicroUsd;
}>;

export const invoiceNumber = (count: number): string => `INV-${String(count).padStart(6, '0')}`;

/** Adds charges up by function or volume and day: sums of amounts that were rounded already. */
export const invoiceLines = (charges: Iterable<Charge>): readonly InvoiceLine[] => {
  const lines = new Map<
    string,
    { line: InvoiceLine; list: bigint; billed: bigint; skus: Map<Sku, bigint> }
  >();
  for (const { subject, quantity } of charges) {
    const { environment, resource, price, hour, billedIn } = subject;
    const day = new Date(hour).toISOString().slice(0, 10);
    const correction = monthOf(hour) !== billedIn;
    const key = JSON.stringify([day, environment, idOf(resource), resourceName(resource), correction]);
    const { listMicroUsd, billedMicroUsd } = amountsOf(price, quantity);
    const sum = lines.get(key) ?? {
      line: { day, environment, resource, correction, listMicroUsd: 0n, billedMicroUsd: 0n, bySku: [] },
      list: 0n,
      billed: 0n,
      skus: new Map(),
    };
    lines.set(key, sum);
    sum.list += listMicroUsd;
    sum.billed += billedMicroUsd;
    sum.skus.set(price.sku, (sum.skus.get(price.sku) ?? 0n) + billedMicroUsd);
  }
  return [...lines.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { line, list, billed, skus }]) => ({
      ...line,
      listMicroUsd: list,
      billedMicroUsd: billed,
      bySku: [...skus]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([sku, billedMicroUsd]) => ({ sku, billedMicroUsd })),
    }));
};

/** The id of what was used. */
export const idOf = (resource: ChargedResource): string =>
  resource.kind === 'function' ? resource.functionId : resource.volumeId;

/** What was used, as people call it. */
export const resourceName = (resource: ChargedResource): string =>
  resource.kind === 'function'
    ? `${resource.appName}.${resource.functionTag}`
    : `volume ${resource.volumeName ?? resource.volumeId}`;
