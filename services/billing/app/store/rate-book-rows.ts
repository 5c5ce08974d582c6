import {
  FIRST_RATE_CARD,
  FIRST_RATE_CARD_ID,
  parseRatio,
  ratioText,
  readRateCard,
  type Discount,
  type RateBook,
  type RateCard,
  type RateCardText,
} from '@slipway/billing-core';
import { decimalText } from '@slipway/billing-core';
import { accepted } from '@slipway/kernel';
import type { SqlPool } from '@slipway/event-store';

type DiscountJson = Omit<Discount, 'share'> & Readonly<{ share: string }>;

export const readRateBook = async (connection: SqlPool): Promise<RateBook> => {
  const cards = await connection.query<{ card_id: string; card: RateCardText }>({
    name: 'read-cards',
    text: 'select card_id, card from billing.rate_cards order by effective_from',
  });
  const discounts = await connection.query<{ discount: DiscountJson }>({
    name: 'read-discounts',
    text: `select discount from billing.discounts order by (discount ->> 'effectiveFrom')::bigint`,
  });
  return {
    cards: cards.rows.map(({ card_id, card }) => accepted(readRateCard(card_id, card))),
    discounts: discounts.rows.map(({ discount }) => ({
      ...discount,
      share: accepted(parseRatio('a stored share', discount.share)),
    })),
  };
};

export const writeRateCard = (connection: SqlPool, card: RateCard, at: number): Promise<unknown> =>
  connection.query({
    text: `insert into billing.rate_cards (card_id, effective_from, card, published_at) values ($1, $2, $3, $4)`,
    values: [card.cardId, card.effectiveFrom, JSON.stringify(rateCardText(card)), at],
  });

export const writeDiscount = (connection: SqlPool, discount: Discount, at: number): Promise<unknown> =>
  connection.query({
    text: `insert into billing.discounts (discount_id, workspace_id, discount, given_at) values ($1, $2, $3, $4)`,
    values: [
      discount.discountId,
      discount.workspaceId,
      JSON.stringify({ ...discount, share: ratioText(discount.share) }),
      at,
    ],
  });

/** A platform without a card gets the first one, once. */
export const ensureFirstCard = async (connection: SqlPool, at: number): Promise<void> => {
  await connection.query({
    text: `insert into billing.rate_cards (card_id, effective_from, card, published_at)
      select $1, $2, $3, $4 where not exists (select from billing.rate_cards) on conflict do nothing`,
    values: [FIRST_RATE_CARD_ID, FIRST_RATE_CARD.effectiveFrom, JSON.stringify(FIRST_RATE_CARD), at],
  });
};

/** As somebody would write the card down: what the API shows. */
export const rateCardText = (card: RateCard): RateCardText => ({
  currency: card.currency,
  effectiveFrom: card.effectiveFrom,
  ...(card.effectiveTo === undefined ? {} : { effectiveTo: card.effectiveTo }),
  rates: Object.fromEntries(
    (Object.entries(card.nanoUsdPerUnit) as [string, bigint][]).map(([sku, nano]) => [
      sku,
      decimalText(nano, 9),
    ]),
  ),
  regions: Object.fromEntries(Object.entries(card.regions).map(([name, ratio]) => [name, ratioText(ratio)])),
  nonPreemptible: ratioText(card.nonPreemptible),
});
