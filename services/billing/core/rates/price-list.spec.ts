import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { ratioOf } from '../money/ratio.js';
import { FIRST_RATE_CARD } from './first-rate-card.js';
import { priceList } from './price-list.js';
import { priceOf, type PriceQuestion } from './price-of.js';
import type { RateBook, RateCard } from './rate-card.js';
import { readRateCard } from './read-rate-card.js';

const card = (cardId: string, effectiveFrom: number): RateCard => {
  const read = readRateCard(cardId, { ...FIRST_RATE_CARD, effectiveFrom, regions: { eu: '7/6' } });
  if (isRefusal(read)) throw new Error(read.message);
  return read;
};
const BOOK: RateBook = {
  cards: [card('first', 100), card('second', 500)],
  discounts: [
    {
      discountId: 'di-1',
      workspaceId: 'ws-2',
      share: ratioOf(1n, 2n),
      effectiveFrom: 300,
      effectiveTo: 700,
      skus: ['cpu'],
    },
  ],
};

const question: fc.Arbitrary<PriceQuestion> = fc.record({
  sku: fc.constantFrom('cpu', 'memory', 'gpu-H100', 'egress'),
  workspaceId: fc.constantFrom('ws-1', 'ws-2'),
  region: fc.constantFrom('eu', 'us', undefined),
  preemptible: fc.boolean(),
  at: fc.nat({ max: 1_000 }),
});

test('a list answers each question as the book does, in whatever order they are asked', () => {
  fc.assert(
    fc.property(fc.array(question, { minLength: 1, maxLength: 40 }), (questions) => {
      const pricesFor = priceList(BOOK);
      for (const { sku, ...who } of questions)
        expect(pricesFor(who)(sku)).toEqual(priceOf(BOOK, { sku, ...who }));
    }),
  );
});
