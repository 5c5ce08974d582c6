import { refuse, type Decision, type Instant } from '@slipway/kernel';
import { compareRatios, ONE } from '../money/ratio.js';
import type { Discount, RateBook, RateCard } from './rate-card.js';

export type CardPublished = Readonly<{ type: 'rate-card-published'; card: RateCard }>;
export type DiscountGiven = Readonly<{ type: 'discount-given'; discount: Discount }>;

/**
 * Puts a card into the book. The book's first card may begin at any time; every later one must begin in the future, for what
 * was used already has its price. A card without an end of its own ends where the next one begins; beside that none may lie
 * over another.
 */
export const publishRateCard = (book: RateBook, card: RateCard, at: Instant): Decision<CardPublished> => {
  const same = book.cards.find(({ cardId }) => cardId === card.cardId);
  if (same !== undefined)
    return refuse(
      'already-exists',
      'card-exists',
      `There is a rate card '${card.cardId}' already, from ${moment(same.effectiveFrom)}: cards are never changed, publish another.`,
    );
  if (book.cards.length > 0 && card.effectiveFrom <= at)
    return refuse(
      'invalid',
      'card-in-the-past',
      `The card begins at ${moment(card.effectiveFrom)}, but it is ${moment(at)}: what was used has its price already, so a card must begin later than now.`,
    );
  const overlapped = book.cards.find((other) => overlap(other, card));
  if (overlapped !== undefined)
    return refuse(
      'conflict',
      'cards-overlap',
      `The card '${card.cardId}' (${period(card)}) lies over the card '${overlapped.cardId}' (${period(overlapped)}).`,
    );
  return [{ type: 'rate-card-published', card }];
};

/** Gives a workspace a discount from now on or later. Two discounts may not be for the same thing at the same time. */
export const giveDiscount = (book: RateBook, discount: Discount, at: Instant): Decision<DiscountGiven> => {
  if (compareRatios(discount.share, ONE) > 0)
    return refuse(
      'invalid',
      'discount-above-list',
      `A discount's share is what is paid of the listed price: it must be at most 1.`,
    );
  if (discount.effectiveFrom < at)
    return refuse(
      'invalid',
      'discount-in-the-past',
      `The discount begins at ${moment(discount.effectiveFrom)}, but it is ${moment(at)}: what was used has its price already.`,
    );
  const overlapped = book.discounts.find(
    (other) =>
      other.workspaceId === discount.workspaceId &&
      shareSkus(other, discount) &&
      other.effectiveFrom < (discount.effectiveTo ?? Infinity) &&
      discount.effectiveFrom < (other.effectiveTo ?? Infinity),
  );
  if (overlapped !== undefined)
    return refuse(
      'conflict',
      'discounts-overlap',
      `The workspace has the discount '${overlapped.discountId}' for the same things from ${period(overlapped)}.`,
    );
  return [{ type: 'discount-given', discount }];
};

/** The book after a card or a discount came in. */
export const evolveBook = (book: RateBook, event: CardPublished | DiscountGiven): RateBook =>
  event.type === 'rate-card-published'
    ? { ...book, cards: [...book.cards, event.card].toSorted(byBeginning) }
    : { ...book, discounts: [...book.discounts, event.discount].toSorted(byBeginning) };

type Period = Readonly<{ effectiveFrom: Instant; effectiveTo?: Instant }>;

const byBeginning = (a: Period, b: Period): number => a.effectiveFrom - b.effectiveFrom;

/** Two cards may follow each other where the earlier one says no end. */
const overlap = (a: Period, b: Period): boolean => {
  if (a.effectiveFrom === b.effectiveFrom) return true;
  const [earlier, later] = a.effectiveFrom < b.effectiveFrom ? [a, b] : [b, a];
  return earlier.effectiveTo !== undefined && earlier.effectiveTo > later.effectiveFrom;
};

const shareSkus = (a: Discount, b: Discount): boolean =>
  a.skus === undefined || b.skus === undefined || a.skus.some((sku) => b.skus?.includes(sku));

const moment = (at: Instant): string => new Date(at).toISOString();

const period = ({ effectiveFrom, effectiveTo }: Period): string =>
  `${moment(effectiveFrom)} to ${effectiveTo === undefined ? 'the next' : moment(effectiveTo)}`;
