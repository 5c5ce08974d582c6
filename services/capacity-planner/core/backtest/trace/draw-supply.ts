import type { Offer } from '../../catalogue/offer.js';
import { Chance } from '../../simulation/chance.js';
import { drawDepth } from '../../simulation/generate/draw-depth.js';
import { generateHistories } from '../../simulation/generate/generate-histories.js';
import { stepHours, type OfferHistory, type Period } from '../../simulation/period.js';
import { openNodes, wasHeld, type Steps } from '../replay/history-of-offer.js';
import type { MarketEvent } from '../replay/recorded-event.js';

/**
 * The period with vendors as the simulator's generated worlds have them wherever nothing was recorded of an offer: how deep it is (as
 * its catalogue says, where that says it), when its market closes, what is taken back, how a spot price walks. From a seed, by the
 * same rules for every policy. What was seen of the depth of an offer that nobody held counts while it is known. Nodes without GPUs stay as their catalogue claims: generated worlds have none.
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
  const span: Steps = { from: period.startsAt, stepMs: period.stepMs, steps };
  const events = byOffer(market);
  for (const [number, { offer, index }] of drawn.entries())
    histories[index] = combined(
      period.histories[index]!,
      made[number]!,
      events.get(offer.offerId) ?? [],
      span,
    );
  return { ...period, seed, histories };
};

const isDrawn = ({ shape }: Offer): boolean => shape.gpuCount > 0;

type Said = Readonly<{ prices: boolean; depth: boolean; losses: boolean }>;

const byOffer = (market: readonly MarketEvent[]): ReadonlyMap<string, readonly MarketEvent[]> =>
  Map.groupBy(
    market.toSorted((a, b) => a.at - b.at),
    ({ offerId }) => offerId,
  );

/** What was recorded of each offer. */
export const saidOf = (market: readonly MarketEvent[]): ReadonlyMap<string, Said> =>
  new Map([...byOffer(market)].map(([offerId, events]) => [offerId, saidBy(events)]));

const saidBy = (events: readonly MarketEvent[]): Said => ({
  prices: events.some(({ type }) => type === 'offer-priced'),
  depth: events.some(({ type }) => type !== 'offer-priced'),
  losses: wasHeld(events),
});

const combined = (
  recorded: OfferHistory,
  drawn: OfferHistory,
  events: readonly MarketEvent[],
  span: Steps,
): OfferHistory => {
  const { prices, losses } = saidBy(events);
  return {
    ...(losses
      ? recorded
      : { ...drawn, openNodes: openNodes(events, span, (step) => drawn.openNodes[step]!) }),
    priceMicroUsdPerNodeHour: (prices ? recorded : drawn).priceMicroUsdPerNodeHour,
  };
};
