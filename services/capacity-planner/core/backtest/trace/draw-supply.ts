import type { Offer } from '../../catalogue/offer.js';
import { Chance } from '../../simulation/chance.js';
import { drawDepth } from '../../simulation/generate/draw-depth.js';
import { generateHistories } from '../../simulation/generate/generate-histories.js';
import { stepHours, type OfferHistory, type Period } from '../../simulation/period.js';
import type { MarketEvent } from '../replay/recorded-event.js';

/**
 * The period with vendors as the simulator's generated worlds have them wherever nothing was recorded of an offer: how deep it is (as
 * its catalogue says, where that says it), when its market closes, what is taken back, how a spot price walks. From a seed, by the
 * same rules for every policy. Nodes without GPUs stay as their catalogue claims: generated worlds have none.
 */
export const withDrawnSupply = (period: Period, market: readonly MarketEvent[], seed: number): Period => {
  const { groups, demand, pastSteps, steps } = period;
  const wanted = groups.flatMap((group, index) =>
    group.gpusPerContainer > 0 ? [{ group, containers: demand[index]!.slice(pastSteps) }] : [],
  );
  const drawn = period.offers.map((offer, index) => ({ offer, index })).filter(({ offer }) => isDrawn(offer));
  if (wanted.length === 0 || drawn.length === 0) return period;
  const chance = new Chance(seed).of('trace');
  const offers = drawn.map(({ offer }) => offer);
  const depth = drawDepth(offers, wanted, chance).map(
    (nodes, number) => offers[number]!.behaviour.availableNodes ?? nodes,
  );
  const made = generateHistories(offers, depth, steps, stepHours(period), chance);
  const histories = [...period.histories];
  const said = saidOf(market);
  for (const [number, { offer, index }] of drawn.entries())
    histories[index] = combined(period.histories[index]!, made[number]!, said.get(offer.offerId));
  return { ...period, seed, histories };
};

const isDrawn = ({ shape }: Offer): boolean => shape.gpuCount > 0;

type Said = Readonly<{ prices: boolean; supply: boolean }>;

/** What was recorded of each offer. */
export const saidOf = (market: readonly MarketEvent[]): ReadonlyMap<string, Said> =>
  new Map(
    [...Map.groupBy(market, ({ offerId }) => offerId)].map(([offerId, events]) => [
      offerId,
      {
        prices: events.some(({ type }) => type === 'offer-priced'),
        supply: events.some(({ type }) => type !== 'offer-priced'),
      },
    ]),
  );

const combined = (recorded: OfferHistory, drawn: OfferHistory, said?: Said): OfferHistory => ({
  ...(said?.supply ? recorded : drawn),
  priceMicroUsdPerNodeHour: (said?.prices ? recorded : drawn).priceMicroUsdPerNodeHour,
});
