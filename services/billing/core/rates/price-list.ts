import { cardAt, priceOf, type Price, type PriceQuestion } from './price-of.js';
import type { RateBook } from './rate-card.js';
import type { Sku } from './sku.js';

/** The prices of a book for many questions: each is worked out once. The same answers as those of priceOf. */
export const priceList = (
  book: RateBook,
): ((who: Omit<PriceQuestion, 'sku'>) => (sku: Sku) => Price | undefined) => {
  const discounts = Map.groupBy(book.discounts, ({ workspaceId }) => workspaceId);
  const lists = new Map<string, Map<Sku, Price | undefined>>();
  return (who) => {
    const { workspaceId, preemptible, at, region } = who;
    const own = discounts.get(workspaceId);
    const ownBook: RateBook = { cards: book.cards, discounts: own ?? [] };
    // Discounts begin and end at any moment: where there are some, each question is answered by itself.
    if (own !== undefined) return (sku) => priceOf(ownBook, { ...who, sku });
    const of = JSON.stringify([cardAt(book, at)?.cardId ?? null, preemptible, region ?? null]);
    const list = lists.get(of) ?? new Map<Sku, Price | undefined>();
    lists.set(of, list);
    return (sku) => {
      if (!list.has(sku)) list.set(sku, priceOf(ownBook, { ...who, sku }));
      return list.get(sku);
    };
  };
};
