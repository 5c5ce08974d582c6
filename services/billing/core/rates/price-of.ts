import type { Instant } from '@slipway/kernel';
import { ONE, type Ratio } from '../money/ratio.js';
import type { NanoUsd, RateBook, RateCard } from './rate-card.js';
import { isCompute, skuUnit, type Sku } from './sku.js';

/** What one unit of a SKU costs somebody, and which card, multipliers and discount made that. */
export type Price = Readonly<{
  /** Names all that the price is made of: equal ids are equal prices. */
  priceId: string;
  sku: Sku;
  cardId: string;
  nanoUsdPerUnit: NanoUsd;
  region: Ratio;
  nonPreemptible: Ratio;
  discount: Ratio;
  discountId?: string;
}>;

export type PriceQuestion = Readonly<{
  sku: Sku;
  workspaceId: string;
  region?: string | undefined;
  preemptible: boolean;
  at: Instant;
}>;

/** The card in force at a moment: from its beginning (inclusive) to its end or the next card's beginning (exclusive). */
export const cardAt = ({ cards }: RateBook, at: Instant): RateCard | undefined => {
  const card = cards.findLast(({ effectiveFrom }) => effectiveFrom <= at);
  return card?.effectiveTo !== undefined && card.effectiveTo <= at ? undefined : card;
};

/** The price of a SKU at a moment; undefined where no card is in force or the card has no rate for it. */
export const priceOf = (book: RateBook, question: PriceQuestion): Price | undefined => {
  const { sku, workspaceId, preemptible, at } = question;
  const card = cardAt(book, at);
  const nanoUsdPerUnit = card?.nanoUsdPerUnit[sku];
  if (card === undefined || nanoUsdPerUnit === undefined) return undefined;
  const dearer = isCompute(sku);
  const region = (dearer && question.region !== undefined && card.regions[question.region]) || ONE;
  const nonPreemptible = dearer && !preemptible ? card.nonPreemptible : ONE;
  const discount = book.discounts.find(
    (given) =>
      given.workspaceId === workspaceId &&
      given.effectiveFrom <= at &&
      at < (given.effectiveTo ?? Infinity) &&
      (given.skus === undefined || given.skus.includes(sku)),
  );
  const parts = [
    card.cardId,
    sku,
    ...(region === ONE ? [] : [question.region]),
    ...(nonPreemptible === ONE ? [] : ['left-alone']),
    ...(discount === undefined ? [] : [discount.discountId]),
  ];
  return {
    priceId: parts.join('/'),
    sku,
    cardId: card.cardId,
    nanoUsdPerUnit,
    region,
    nonPreemptible,
    discount: discount?.share ?? ONE,
    ...(discount === undefined ? {} : { discountId: discount.discountId }),
  };
};

/** An exact sum of money: micro-USD as a fraction. */
export type ExactCost = Ratio;

const NANO_PER_MICRO = 1_000n;

/** What a quantity in base units costs at list price, and with the discount: exact, nothing is rounded here. */
export const costOf = (
  price: Price,
  quantity: bigint,
): Readonly<{ list: ExactCost; discounted: ExactCost }> => {
  const { baseUnits } = skuUnit(price.sku);
  const { region, nonPreemptible } = price;
  const list = {
    numerator: quantity * price.nanoUsdPerUnit * region.numerator * nonPreemptible.numerator,
    denominator: baseUnits * NANO_PER_MICRO * region.denominator * nonPreemptible.denominator,
  };
  return {
    list,
    discounted: {
      numerator: list.numerator * price.discount.numerator,
      denominator: list.denominator * price.discount.denominator,
    },
  };
};
