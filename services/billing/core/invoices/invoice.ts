import type { Instant } from '@slipway/kernel';
import type { BillingAccount } from '../accounts/billing-account.js';
import type { ChargedResource } from '../charges/charge.js';
import type { MicroUsd } from '../money/micro-usd.js';
import type { Month } from '../months/month.js';
import type { Sku } from '../rates/sku.js';

/** What a line is for: a function, a volume, or all sandboxes of an app. */
export type InvoicedResource =
  ChargedResource | Readonly<{ kind: 'sandboxes'; appId: string; appName: string }>;

/** What one of them cost on one day. */
export type InvoiceLine = Readonly<{
  /** `2026-11-21`, UTC. */
  day: string;
  environment: string;
  resource: InvoicedResource;
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

/** The id of what was used. */
export const idOf = (resource: InvoicedResource): string => {
  switch (resource.kind) {
    case 'function':
      return resource.functionId;
    case 'sandboxes':
      return resource.appId;
    case 'volume':
      return resource.volumeId;
    default:
      return resource satisfies never;
  }
};

/** What was used, as people call it. */
export const resourceName = (resource: InvoicedResource): string => {
  switch (resource.kind) {
    case 'function':
      return `${resource.appName}.${resource.functionTag}`;
    case 'sandboxes':
      return `sandboxes of ${resource.appName}`;
    case 'volume':
      return `volume ${resource.volumeName ?? resource.volumeId}`;
    default:
      return resource satisfies never;
  }
};
