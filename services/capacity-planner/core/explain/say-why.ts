import type { OfferExplanation } from '@slipway/contracts';
import type { Obstacle } from './obstacles.js';
import type { Rival } from './rivals.js';

export type Weighed = Readonly<{
  bought: boolean;
  perSlot: number;
  decisive: Rival | undefined;
  obstacles: readonly Obstacle[];
  groups: OfferExplanation['groups'];
}>;

const dollars = (microUsd: number): string => `$${(microUsd / 1e6).toFixed(3)}`;

/** No price buys what these stand against. */
const FINAL: ReadonlySet<Obstacle['rule']> = new Set([
  ...(['excluded', 'vendor-away', 'frozen', 'pin', 'window', 'availability'] as const),
]);

/** Why an offer is bought or not, in a sentence. */
export const sayWhy = (weighed: Weighed): string => {
  const { bought, perSlot, decisive, obstacles } = weighed;
  const mine = `${dollars(perSlot)} a slot and hour with quality and risk`;
  const final = obstacles.filter(({ rule }) => FINAL.has(rule));
  if (bought)
    return decisive === undefined
      ? `at ${mine} it is needed: no other offer that serves the same groups has room left`
      : `at ${mine} it is no dearer than the next that has room, ${decisive.offerId} at ${dollars(decisive.perSlot)}`;
  if (final.length > 0) return final.map(({ because }) => because).join('; ');
  if (decisive === undefined) return sayElsewhere(mine, weighed);
  return perSlot <= decisive.perSlot
    ? `at ${mine} it is no dearer than ${decisive.offerId}, which is bought; against it stands: ${standing(obstacles)}`
    : `at ${mine} it is dearer than the dearest that is bought of its kind, ${decisive.offerId} at ${dollars(decisive.perSlot)}`;
};

const standing = (obstacles: readonly Obstacle[]): string =>
  obstacles.length === 0
    ? 'its size, or the cost of changing'
    : obstacles.map(({ because }) => because).join('; ');

/** None of its kind is bought: the groups that could use it stand elsewhere. */
const sayElsewhere = (mine: string, { groups, obstacles }: Weighed): string => {
  const beside = groups
    .flatMap(({ microUsdPerContainerHour: here, standsOn }) =>
      here === undefined ? [] : standsOn.map((there) => ({ here, there })),
    )
    .toSorted(
      (a, b) => a.here - a.there.microUsdPerContainerHour - (b.here - b.there.microUsdPerContainerHour),
    );
  const [best] = beside;
  if (best === undefined)
    return `at ${mine} nothing of its kind is bought: the groups that could use it want nothing`;
  const { here, there } = best;
  const prices = `${dollars(here)} a container and hour here, ${dollars(there.microUsdPerContainerHour)} on ${there.offerId}`;
  return here > there.microUsdPerContainerHour
    ? `at ${mine} it is dearer than where the groups that could use it stand: ${prices}`
    : `at ${mine} it is no dearer than where a group stands that could use it (${prices}); against it stands: ${standing(obstacles)}`;
};
