import type { Offer } from '../catalogue/offer.js';

/** What was lost of spot markets beyond what catalogues say, each market counted alike, however many nodes stood in it. */
export type Outages = Readonly<{ marketHours: number; lostShares: number }>;

/** Before anything was seen a market is taken to close about once a day, with most of its nodes; that weighs as so many hours of one market. */
const PRIOR = { perHour: 0.03, marketHours: 40 } as const;

export const NO_OUTAGES_SEEN: Outages = {
  marketHours: PRIOR.marketHours,
  lostShares: PRIOR.perHour * PRIOR.marketHours,
};

/** What happened in one market within some time: nodes that stood there, those of them that were taken, and as many as the catalogue would expect to be. */
export type MarketSpell = Readonly<{ hours: number; held: number; taken: number; expected: number }>;

/** With what was seen in one market. What was lost with one large holding says nothing of the others: shares count. */
export const afterSpell = (
  { marketHours, lostShares }: Outages,
  { hours, held, taken, expected }: MarketSpell,
): Outages =>
  held === 0
    ? { marketHours, lostShares }
    : { marketHours: marketHours + hours, lostShares: lostShares + (taken - expected) / held };

/** How often a node of a spot market is taken by outages, per hour: no catalogue counts those. */
export const outagesPerHour = ({ marketHours, lostShares }: Outages): number =>
  Math.max(0, lostShares / marketHours);

/** Markets close as a whole: a vendor's GPUs of one type in one region. */
export const marketOf = ({ vendor, region, shape }: Pick<Offer, 'vendor' | 'region' | 'shape'>): string =>
  `${vendor}/${region}/${shape.gpuType}`;

/** A spot offer with the rate of preemption that is to be reckoned with. */
export const withOutages = (offer: Offer, perHour: number): Offer =>
  withRate(offer, offer.behaviour.preemptionsPerNodeHour + perHour);

/** The same offer as its catalogue has it. Nodes that were taken are told beside it: whoever runs a record again learns of them anew. */
export const withoutOutages = (offer: Offer, perHour: number): Offer =>
  withRate(offer, Math.max(0, offer.behaviour.preemptionsPerNodeHour - perHour));

const withRate = (offer: Offer, preemptionsPerNodeHour: number): Offer =>
  offer.purchase === 'spot' ? { ...offer, behaviour: { ...offer.behaviour, preemptionsPerNodeHour } } : offer;
