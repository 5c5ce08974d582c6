import type { Offer } from '../../catalogue/offer.js';
import type { Chance } from '../chance.js';
import type { OfferHistory } from '../period.js';

/** Rates per hour, lengths in hours. */
const spotOutage = { perHour: 1 / 20, hours: 2, lostAtOnce: 0.7, lostPerStep: 0.15 } as const;
const fullRegion = { perHour: 1 / 240, hours: 2.5 } as const;
const deadRegion = { perHour: 1 / 1440, hours: 1.5 } as const;
const spotPrice = { stepVolatility: 0.0015, jumpsPerHour: 1 / 72, jump: 0.15, highestShare: 0.95 } as const;
const depth = { persistence: 0.97, spread: 0.25 } as const;
const LEAD_SPREAD = 0.25;

type Spells = readonly boolean[];

/** What vendors do step by step, whoever buys: outages by region and spot market, prices that drift, depth that breathes. */
export const generateHistories = (
  offers: readonly Offer[],
  openNodes: readonly number[],
  steps: number,
  stepHours: number,
  chance: Chance,
): readonly OfferHistory[] => {
  const remembered = new Map<string, Spells>();
  const spells = (name: string, perHour: number, hours: number): Spells => {
    const known = remembered.get(name);
    if (known) return known;
    const drawn = drawSpells(steps, perHour * stepHours, hours / stepHours, chance.of(name));
    remembered.set(name, drawn);
    return drawn;
  };
  return offers.map((offer, index) => {
    const { vendor, region, shape, purchase, billing, behaviour } = offer;
    const luck = chance.of(`history of ${offer.offerId}`);
    const full = spells(`full ${vendor}/${region}`, fullRegion.perHour, fullRegion.hours);
    const dead = spells(`dead ${vendor}/${region}`, deadRegion.perHour, deadRegion.hours);
    const closed =
      purchase === 'spot'
        ? spells(`spot ${vendor}/${region}/${shape.gpuType}`, spotOutage.perHour, spotOutage.hours)
        : undefined;
    // What a catalogue claims of preemptions is about right, seldom exact.
    const takenPerStep = behaviour.preemptionsPerNodeHour * Math.exp(0.4 * luck.normal()) * stepHours;
    const begins = (spell: Spells, step: number) => spell[step]! && !(spell[step - 1] ?? false);
    const price = walkPrice(billing.priceMicroUsdPerNodeHour, purchase, steps, stepHours, luck);
    let mood = depth.spread * luck.normal();
    return {
      priceMicroUsdPerNodeHour: price,
      openNodes: Array.from({ length: steps }, (_, step) => {
        mood =
          depth.persistence * mood + depth.spread * Math.sqrt(1 - depth.persistence ** 2) * luck.normal();
        const isClosed = full[step] || dead[step] || closed?.[step];
        return isClosed ? 0 : Math.round(openNodes[index]! * Math.exp(mood));
      }),
      lostShare: Array.from({ length: steps }, (_, step) => {
        if (begins(dead, step)) return 1;
        if (closed === undefined) return 0;
        if (begins(closed, step)) return spotOutage.lostAtOnce;
        return closed[step] ? spotOutage.lostPerStep : Math.min(0.5, takenPerStep);
      }),
      leadMs: Math.round(behaviour.leadMs * Math.exp(0.1 * luck.normal())),
      leadSpread: LEAD_SPREAD,
      startSuccess: behaviour.startSuccess,
    };
  });
};

const drawSpells = (steps: number, perStep: number, meanSteps: number, luck: Chance): Spells => {
  const spells = Array.from({ length: steps }, () => false);
  for (let at = luck.wait(perStep); at < steps;) {
    const length = Math.ceil(luck.wait(1 / meanSteps));
    for (let step = Math.floor(at); step < Math.min(steps, at + length); step += 1) spells[step] = true;
    at += length + luck.wait(perStep);
  }
  return spells;
};

/** List prices stand; spot drifts, and is set anew now and then. */
const walkPrice = (
  first: number,
  purchase: Offer['purchase'],
  steps: number,
  stepHours: number,
  luck: Chance,
): readonly number[] => {
  if (purchase !== 'spot') return Array.from({ length: steps }, () => first);
  let shift = 0;
  return Array.from({ length: steps }, () => {
    const price = Math.round(first * Math.min(1 / spotPrice.highestShare, Math.exp(shift)));
    shift += spotPrice.stepVolatility * luck.normal();
    if (luck.happens(spotPrice.jumpsPerHour * stepHours)) shift += spotPrice.jump * luck.normal();
    return price;
  });
};
