import {
  cardAt,
  costOf,
  decimalText,
  giveDiscount,
  isSku,
  ONE,
  parseRatio,
  priceOf,
  publishRateCard,
  ratioText,
  readRateCard,
  skuName,
  skuUnit,
  type RateCard,
  type Sku,
} from '@slipway/billing-core';
import type { AskOf, RateCardView } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { accepted, eventsOf, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { readRateBook, writeDiscount, writeRateCard } from '../store/rate-book-rows.js';

/** Who writes the book waits for who writes it: two cards at once cannot lie over each other. */
const holdBook = (connection: SqlPool): Promise<unknown> =>
  connection.query({ text: 'lock table billing.rate_cards, billing.discounts in share row exclusive mode' });

export const publishCard = (
  pool: LendingPool,
  ask: AskOf<'billing.publish-rate-card'>,
  at: number,
): Promise<RateCardView> =>
  inTransaction(pool, async (connection) => {
    await holdBook(connection);
    const { cardId, effectiveFromMs, effectiveToMs, ...text } = ask;
    const card = accepted(
      readRateCard(cardId, {
        ...text,
        effectiveFrom: effectiveFromMs,
        ...(effectiveToMs === undefined ? {} : { effectiveTo: effectiveToMs }),
      }),
    );
    eventsOf(publishRateCard(await readRateBook(connection), card, at));
    await writeRateCard(connection, card, at);
    return cardView(card);
  });

export const giveWorkspaceDiscount = (
  pool: LendingPool,
  ask: AskOf<'billing.give-discount'>,
  at: number,
): Promise<Record<string, never>> =>
  inTransaction(pool, async (connection) => {
    await holdBook(connection);
    const unknown = ask.skus?.find((sku) => !isSku(sku));
    if (unknown !== undefined)
      deny(refuse('invalid', 'sku-unknown', `'${unknown}' is nothing that is metered.`));
    const discount = {
      discountId: ask.discountId,
      workspaceId: ask.workspaceId,
      effectiveFrom: ask.fromMs,
      ...(ask.toMs === undefined ? {} : { effectiveTo: ask.toMs }),
      share: accepted(parseRatio('share', ask.share)),
      ...(ask.skus === undefined ? {} : { skus: ask.skus as readonly Sku[] }),
    };
    eventsOf(giveDiscount(await readRateBook(connection), discount, at));
    await writeDiscount(connection, discount, at);
    return {};
  });

export const listCards = async (connection: SqlPool): Promise<readonly RateCardView[]> =>
  (await readRateBook(connection)).cards.map((card) => cardView(card));

/** The card in force, with what a workspace pays of it. */
export const workspaceRates = async (
  connection: SqlPool,
  workspaceId: string,
  at: number,
): Promise<RateCardView> => {
  const book = await readRateBook(connection);
  const card = cardAt(book, at);
  if (card === undefined)
    return deny(
      refuse('not-found', 'no-rate-card', 'No rate card is in force: what is used now costs nothing.'),
    );
  return cardView(card, (sku) => {
    const price = priceOf(book, { sku, workspaceId, preemptible: true, at });
    if (price === undefined) return '0';
    const { numerator, denominator } = costOf({ ...price, region: ONE }, skuUnit(sku).baseUnits).discounted;
    return decimalText((numerator * 1_000n) / denominator, 9);
  });
};

const cardView = (card: RateCard, rateOf?: (sku: Sku) => string): RateCardView => ({
  cardId: card.cardId,
  currency: card.currency,
  effectiveFromMs: card.effectiveFrom,
  ...(card.effectiveTo === undefined ? {} : { effectiveToMs: card.effectiveTo }),
  rates: (Object.entries(card.nanoUsdPerUnit) as [Sku, bigint][]).map(([sku, nano]) => ({
    sku,
    name: skuName(sku),
    unit: skuUnit(sku).unit,
    usdPerUnit: rateOf?.(sku) ?? decimalText(nano, 9),
  })),
  regions: Object.fromEntries(Object.entries(card.regions).map(([name, ratio]) => [name, ratioText(ratio)])),
  nonPreemptible: ratioText(card.nonPreemptible),
});
