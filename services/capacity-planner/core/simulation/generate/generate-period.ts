import type { Offer } from '../../catalogue/offer.js';
import { defaultPolicy } from '../../policy.js';
import { Chance } from '../chance.js';
import type { Period } from '../period.js';
import { drawDepth } from './draw-depth.js';
import { drawQuotas } from './draw-quotas.js';
import { factsOfOffers } from './facts-of-offers.js';
import { generateCatalogue } from './generate-catalogue.js';
import { generateDemand } from './generate-demand.js';
import { generateGroups } from './generate-groups.js';
import { generateHistories } from './generate-histories.js';
import { worldSizes, type WorldSizeName } from './world-size.js';

const STEP_MS = 900_000;
const STEP_HOURS = 0.25;
const WARM_UP_STEPS = 16;
const DAY_STEPS = 96;
const PAST_DAYS = 7;
/** A Monday, midnight UTC. */
const STARTS_AT = Date.UTC(2026, 8, 7);
const TURNOVER = { interactive: 0.03, batch: 0, background: 0.03 } as const;

export type PeriodRequest = Readonly<{
  seed: number;
  size: WorldSizeName;
  /** A catalogue of one's own; else one is generated. */
  offers?: readonly Offer[];
  /** Accounted steps; a day where nothing is said. */
  steps?: number;
}>;

/** A day in a world that follows from its seed: offers, demand and the vendors' doings. */
export const generatePeriod = ({
  seed,
  size,
  offers: given,
  steps: accounted = DAY_STEPS,
}: PeriodRequest): Period => {
  const world = worldSizes[size];
  const chance = new Chance(seed).of(size);
  const offers = given ?? generateCatalogue(world, chance, STARTS_AT);
  const generated = generateGroups(world, chance, offers, given && factsOfOffers(given));
  const steps = WARM_UP_STEPS + accounted;
  const pastSteps = PAST_DAYS * DAY_STEPS;
  const groups = generated.map(({ group }) => group);
  const demand = generated.map((group) => generateDemand(group, pastSteps + steps, STEP_HOURS, chance));
  const wanted = groups.map((group, index) => ({ group, containers: demand[index]!.slice(pastSteps) }));
  const depth = drawDepth(offers, wanted, chance);
  return {
    name: `${given ? 'catalogue-' : ''}${size}-${seed}`,
    seed,
    startsAt: STARTS_AT,
    stepMs: STEP_MS,
    steps,
    warmUpSteps: WARM_UP_STEPS,
    offers,
    histories: generateHistories(offers, depth, steps, STEP_HOURS, chance),
    quotas: drawQuotas(offers, depth, chance),
    groups,
    pastSteps,
    demand,
    turnover: groups.map(({ waitClass }) => TURNOVER[waitClass]),
    waitPrices: defaultPolicy.prices,
    egressPrices: defaultPolicy.egress,
  };
};
