import { roundHalfEven } from '../money/round-half-even.js';
import { times } from '../money/ratio.js';
import type { Price } from '../rates/price-of.js';
import { isGpuSku, skuUnit, type Sku } from '../rates/sku.js';
import { COLUMN_PLACES } from './focus-columns.js';

/** A unit as FOCUS writes it, and how many base units make one. */
type FocusUnit = Readonly<{ unit: string; baseUnits: bigint }>;

const NANO = 1_000_000_000n;
const QUANTITY = 10n ** BigInt(COLUMN_PLACES.quantity);
/** Rates are billionths of a dollar; exported prices are finer, for multipliers need more places. */
const PRICE_PER_NANO = 10n ** BigInt(COLUMN_PLACES.price - 9);

/** Units in which whole base units are decimals without a remainder: what was used is exported as it was measured. */
const CONSUMED = {
  cpu: { unit: 'Core-Seconds', baseUnits: NANO },
  memory: { unit: 'B-Seconds', baseUnits: 1n },
  disk: { unit: 'B-Seconds', baseUnits: 1n },
  egress: { unit: 'B', baseUnits: 1n },
  volume: { unit: 'B-Seconds', baseUnits: NANO },
} as const satisfies Record<Exclude<Sku, `gpu-${string}`>, FocusUnit>;

const PRICED = {
  cpu: 'Core-Seconds',
  memory: 'GiB-Seconds',
  disk: 'GiB-Seconds',
  egress: 'GiB',
  volume: 'GiB-Months',
} as const satisfies Record<Exclude<Sku, `gpu-${string}`>, string>;

const GPU: FocusUnit = { unit: 'GPU-Seconds', baseUnits: NANO };

const consumedUnit = (sku: Sku): FocusUnit =>
  isGpuSku(sku) ? GPU : CONSUMED[sku as Exclude<Sku, `gpu-${string}`>];

export const pricingUnit = (sku: Sku): string =>
  isGpuSku(sku) ? GPU.unit : PRICED[sku as Exclude<Sku, `gpu-${string}`>];

export type FocusQuantities = Readonly<{
  consumedQuantity: bigint;
  consumedUnit: string;
  pricingQuantity: bigint;
  pricingUnit: string;
}>;

/** What was used and what of it is priced, in the places of quantities: the first exact, the second rounded half to even. */
export const focusQuantities = (sku: Sku, quantity: bigint): FocusQuantities => {
  const consumed = consumedUnit(sku);
  return {
    consumedQuantity: (quantity * QUANTITY) / consumed.baseUnits,
    consumedUnit: consumed.unit,
    pricingQuantity: roundHalfEven(quantity * QUANTITY, skuUnit(sku).baseUnits),
    pricingUnit: pricingUnit(sku),
  };
};

/** What one pricing unit costs at list price, and with what was agreed: in the places of prices. */
export const focusUnitPrices = (price: Price): Readonly<{ list: bigint; contracted: bigint }> => {
  const nano = price.nanoUsdPerUnit * PRICE_PER_NANO;
  const list = times(price.region, price.nonPreemptible);
  const contracted = times(list, price.discount);
  return {
    list: roundHalfEven(nano * list.numerator, list.denominator),
    contracted: roundHalfEven(nano * contracted.numerator, contracted.denominator),
  };
};
