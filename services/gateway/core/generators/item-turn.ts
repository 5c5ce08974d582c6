/**
 * What comes of an item that a reader meets, who has all up to `lastIndex`: it is `next`, was `seen`, or comes `early`. A
 * generator that is tried again begins at 1, so an item that is missing may follow as long as more does; where the newest
 * item there is (`following` is 0) is early, its generator has passed the missing one: that is `lost`.
 */
export type ItemTurn = 'next' | 'seen' | 'early' | 'lost';

export const itemTurn = (
  lastIndex: number,
  { index, following }: Readonly<{ index: number; following: number }>,
): ItemTurn => {
  if (index <= lastIndex) return 'seen';
  if (index === lastIndex + 1) return 'next';
  return following > 0 ? 'early' : 'lost';
};
