import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { ratioOf } from '../money/ratio.js';
import { roundHalfEven } from '../money/round-half-even.js';
import { FIRST_RATE_CARD } from './first-rate-card.js';
import { cardAt, costOf, priceOf } from './price-of.js';
import { evolveBook, giveDiscount, publishRateCard } from './publish.js';
import type { Discount, RateBook, RateCard } from './rate-card.js';
import { readRateCard, type RateCardText } from './read-rate-card.js';

const EMPTY: RateBook = { cards: [], discounts: [] };
const card = (cardId: string, change: Partial<RateCardText> = {}): RateCard => {
  const read = readRateCard(cardId, { ...FIRST_RATE_CARD, ...change });
  if (isRefusal(read)) throw new Error(read.message);
  return read;
};
const bookOf = (...cards: RateCard[]): RateBook => ({ ...EMPTY, cards });

describe('a rate card', () => {
  test.each<[string, Partial<RateCardText>, string]>([
    ['of an unknown currency', { currency: 'EUR' }, "'EUR'"],
    ['with a rate of something that is not metered', { rates: { fuel: '1' } }, "'fuel'"],
    ['with a rate below 0', { rates: { cpu: '-1' } }, 'rate of cpu is -1'],
    ['with a rate that is no number', { rates: { cpu: 'much' } }, "'much'"],
    ['with a rate finer than a billionth', { rates: { cpu: '0.0000000001' } }, '9 decimal places'],
    ['without a rate', { rates: {} }, 'no rate'],
    ['with a multiplier of 0', { regions: { 'eu-west': '0' } }, "region 'eu-west'"],
    ['that ends before it begins', { effectiveFrom: 10, effectiveTo: 10 }, 'not after its beginning'],
  ])('%s is refused', (_what, change, said) => {
    const read = readRateCard('spring', { ...FIRST_RATE_CARD, ...change });
    expect(isRefusal(read) && read.message).toContain(said);
  });

  test('the first one may begin at any time, every later one after now', () => {
    expect(publishRateCard(EMPTY, card('first'), 1_000)).toHaveLength(1);
    const late = publishRateCard(bookOf(card('first')), card('late', { effectiveFrom: 999 }), 1_000);
    expect(late).toMatchObject({ code: 'card-in-the-past' });
  });

  test('one that lies over another is refused, one that follows is not', () => {
    const book = bookOf(card('first'), card('may', { effectiveFrom: 5_000, effectiveTo: 6_000 }));
    const publish = (effectiveFrom: number, effectiveTo?: number) =>
      publishRateCard(
        book,
        card('new', { effectiveFrom, ...(effectiveTo === undefined ? {} : { effectiveTo }) }),
        1_000,
      );
    expect(publish(5_500)).toMatchObject({ code: 'cards-overlap' });
    expect(publish(4_000, 5_001)).toMatchObject({ code: 'cards-overlap' });
    expect(publish(5_000)).toMatchObject({ code: 'cards-overlap' });
    expect(publish(4_000, 5_000)).toHaveLength(1);
    expect(publish(6_000)).toHaveLength(1);
  });

  test('a card is never replaced', () => {
    expect(publishRateCard(bookOf(card('first')), card('first', { effectiveFrom: 9 }), 1)).toMatchObject({
      code: 'card-exists',
    });
  });

  test('where cards end nothing has a price until the next begins', () => {
    const book = bookOf(card('first', { effectiveTo: 10 }), card('second', { effectiveFrom: 20 }));
    expect([9, 10, 19, 20].map((at) => cardAt(book, at)?.cardId)).toEqual([
      'first',
      undefined,
      undefined,
      'second',
    ]);
  });
});

describe('a price', () => {
  const book = bookOf(card('first', { regions: { 'eu-west': '5/4' } }));
  const ask = { sku: 'gpu-H100', workspaceId: 'ws-1', preemptible: true, at: 100 } as const;
  const dollars = (cost: { numerator: bigint; denominator: bigint }) =>
    roundHalfEven(cost.numerator, cost.denominator);

  test('region and being left alone multiply what computing costs, and nothing else', () => {
    const plain = priceOf(book, ask)!;
    const dear = priceOf(book, { ...ask, region: 'eu-west', preemptible: false })!;
    const hour = 3_600n * 1_000_000_000n;
    expect(dollars(costOf(plain, hour).list)).toBe(3_949_200n);
    expect(dollars(costOf(dear, hour).list)).toBe((3_949_200n * 15n) / 4n);
    expect(priceOf(book, { ...ask, sku: 'volume', region: 'eu-west', preemptible: false })!.region).toEqual(
      ratioOf(1, 1),
    );
  });

  const discount: Discount = {
    discountId: 'friends',
    workspaceId: 'ws-1',
    effectiveFrom: 50,
    effectiveTo: 200,
    share: ratioOf(4, 5),
    skus: ['gpu-H100'],
  };

  test('a discount is for its workspace, its things and its time', () => {
    const [event] = giveDiscount(book, discount, 50) as [never];
    const given = evolveBook(book, event);
    expect(priceOf(given, ask)?.discountId).toBe('friends');
    for (const other of [{ workspaceId: 'ws-2' }, { sku: 'cpu' }, { at: 49 }, { at: 200 }] as const)
      expect(priceOf(given, { ...ask, ...other })?.discountId).toBeUndefined();
    expect(giveDiscount(given, { ...discount, discountId: 'more' }, 50)).toMatchObject({
      code: 'discounts-overlap',
    });
    expect(giveDiscount(book, { ...discount, share: ratioOf(6, 5) }, 50)).toMatchObject({
      code: 'discount-above-list',
    });
    expect(giveDiscount(book, discount, 51)).toMatchObject({ code: 'discount-in-the-past' });
  });

  test('publishing never changes the price of a moment that has been', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 1_000 }),
            ahead: fc.integer({ min: -50, max: 500 }),
            lasts: fc.option(fc.integer({ min: -5, max: 300 }), { nil: undefined }),
            rate: fc.integer({ min: 0, max: 999 }),
          }),
          { maxLength: 12 },
        ),
        (changes) => {
          let current = bookOf(card('first'));
          for (const [index, { at, ahead, lasts, rate }] of changes
            .toSorted((a, b) => a.at - b.at)
            .entries()) {
            const effectiveFrom = at + ahead;
            const text: RateCardText = {
              currency: 'USD',
              effectiveFrom,
              ...(lasts === undefined ? {} : { effectiveTo: effectiveFrom + lasts }),
              rates: { 'gpu-H100': `0.000${rate}` },
            };
            const read = readRateCard(`card-${index}`, text);
            const decision = isRefusal(read) ? read : publishRateCard(current, read, at);
            if (isRefusal(decision)) continue;
            const next = decision.reduce(evolveBook, current);
            for (let past = 0; past <= at; past += 25)
              expect(priceOf(next, { ...ask, at: past })).toEqual(priceOf(current, { ...ask, at: past }));
            current = next;
          }
        },
      ),
    );
  });
});
