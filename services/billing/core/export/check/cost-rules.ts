import { COLUMN_PLACES } from '../focus-columns.js';
import { EXACT_PLACES, exactDecimal } from './exact-decimal.js';
import type { Cells } from './finding.js';
import type { RowRule } from './row-rule.js';

const HOUR_MS = 3_600_000;
const one = (places: number): bigint => 10n ** BigInt(EXACT_PLACES - places);
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
const exact = (row: Cells, column: string): bigint | undefined => {
  const cell = row[column];
  return typeof cell === 'string' ? exactDecimal(cell) : undefined;
};

/** Half a micro-dollar for each hour, for each was rounded once, and half the last place of quantity and price. */
const tolerance = (row: Cells, quantity: bigint, price: bigint): bigint => {
  const hours =
    (Date.parse(row['ChargePeriodEnd'] ?? '') - Date.parse(row['ChargePeriodStart'] ?? '')) / HOUR_MS;
  const rounded =
    BigInt(Math.max(1, Math.ceil(Number.isFinite(hours) ? hours : 1))) * one(COLUMN_PLACES.cost);
  const unit = one(0);
  return (
    (rounded +
      (size(quantity) * one(COLUMN_PLACES.price)) / unit +
      (size(price) * one(COLUMN_PLACES.quantity)) / unit) /
      2n +
    1n
  );
};

const follows = (cost: string, price: string): RowRule => ({
  rule: 'cost-is-price-by-quantity',
  column: cost,
  wrong: (row) => {
    const [amount, unitPrice, quantity] = [
      exact(row, cost),
      exact(row, price),
      exact(row, 'PricingQuantity'),
    ];
    if (amount === undefined || unitPrice === undefined || quantity === undefined) return undefined;
    if (row['ChargeClass'] === 'Correction') return undefined;
    const off = size((unitPrice * quantity) / one(0) - amount);
    return off > tolerance(row, quantity, unitPrice)
      ? `is ${row[cost]}, but ${price} ${row[price]} by PricingQuantity ${row['PricingQuantity']} is not that`
      : undefined;
  },
});

/** Credits and adjustments stand for themselves: all costs are the billed one. */
const isBilled = (cost: string): RowRule => ({
  rule: 'cost-is-billed-cost',
  column: cost,
  wrong: (row) =>
    (row['ChargeCategory'] === 'Credit' || row['ChargeCategory'] === 'Adjustment') &&
    exact(row, cost) !== exact(row, 'BilledCost')
      ? `is ${row[cost]}, but a ${row['ChargeCategory']} has one cost: BilledCost is ${row['BilledCost']}`
      : undefined,
});

export const costRules: readonly RowRule[] = [
  follows('ListCost', 'ListUnitPrice'),
  follows('ContractedCost', 'ContractedUnitPrice'),
  isBilled('ListCost'),
  isBilled('ContractedCost'),
  isBilled('EffectiveCost'),
];
