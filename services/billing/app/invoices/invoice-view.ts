import { idOf, resourceName, skuName, usdText, type Invoice } from '@slipway/billing-core';
import type { InvoiceDocument, InvoiceView } from '@slipway/contracts';

export const invoiceView = (invoice: Invoice): InvoiceView => ({
  invoiceNumber: invoice.invoiceNumber,
  month: invoice.month,
  issuedAtMs: invoice.issuedAt,
  billedTo: invoice.billedTo,
  usageUsd: usdText(invoice.usageMicroUsd),
  adjustedUsd: usdText(invoice.adjustedMicroUsd),
  creditedUsd: usdText(invoice.creditedMicroUsd),
  prepaidUsd: usdText(invoice.prepaidMicroUsd),
  dueUsd: usdText(invoice.dueMicroUsd),
});

export const invoiceDocument = (invoice: Invoice): InvoiceDocument => ({
  ...invoiceView(invoice),
  lines: invoice.lines.map((line) => ({
    day: line.day,
    environment: line.environment,
    objectId: idOf(line.resource),
    name: resourceName(line.resource),
    correction: line.correction,
    listUsd: usdText(line.listMicroUsd),
    billedUsd: usdText(line.billedMicroUsd),
    bySku: line.bySku.map(({ sku, billedMicroUsd }) => ({
      sku,
      name: skuName(sku),
      billedUsd: usdText(billedMicroUsd),
    })),
  })),
  adjustments: invoice.adjustments.map(({ at, reason, amountMicroUsd }) => ({
    atMs: at,
    reason,
    amountUsd: usdText(amountMicroUsd),
  })),
  credits: invoice.credits.map(({ reason, usedMicroUsd }) => ({ reason, usedUsd: usdText(usedMicroUsd) })),
});
