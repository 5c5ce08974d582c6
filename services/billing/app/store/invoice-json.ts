import type { Invoice } from '@slipway/billing-core';

const AMOUNT = /MicroUsd$/;

/** An invoice as a table keeps it: amounts are texts there, for JSON knows no big integers. */
export const invoiceToJson = (invoice: Invoice): string =>
  JSON.stringify(invoice, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

export const invoiceFromJson = (json: unknown): Invoice => revived(json) as Invoice;

const revived = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      AMOUNT.test(name) ? BigInt(field as string) : revived(field),
    ]),
  );
};
