import type { CapacityChange, CapacityOutcome } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { Flow, Plan } from './plan.js';

/** Nodes of each offer, by the offer's id. */
export type HeldNodes = ReadonlyMap<string, number>;

/** The fleet as it was when a plan was made. */
export const nodesBefore = ({ offers }: Plan): HeldNodes =>
  new Map(offers.map(({ offerId, nodesNow }) => [offerId, nodesNow]));

/** What a plan holds in its first period. */
export const nodesAfter = ({ offers }: Pick<Plan, 'offers'>): HeldNodes =>
  new Map(offers.map(({ offerId, nodes }) => [offerId, nodes[0] ?? 0]));

/** What a plan changes, line by line: what is started first, the dearest first, then what is stopped. */
export const diffPlans = (
  before: HeldNodes,
  plan: Plan,
  offers: readonly Pick<Offer, 'offerId' | 'billing' | 'shape'>[],
): readonly CapacityChange[] => {
  const after = nodesAfter(plan);
  const known = new Map(offers.map((offer) => [offer.offerId, offer]));
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((offerId): CapacityChange[] => {
    const had = before.get(offerId) ?? 0;
    const has = after.get(offerId) ?? 0;
    if (had === has) return [];
    const offer = known.get(offerId);
    const price = offer?.billing.priceMicroUsdPerNodeHour ?? 0;
    return [
      {
        action: has > had ? 'start' : 'stop',
        offerId,
        nodesBefore: had,
        nodesAfter: has,
        microUsdPerHour: Math.round((has - had) * price),
        because:
          has > had ? whyStarted(offerId, plan.flows, offer?.shape.gpuType) : whyStopped(offerId, plan.flows),
      },
    ];
  });
  return changes.toSorted(
    (a, b) => b.microUsdPerHour - a.microUsdPerHour || (a.offerId < b.offerId ? -1 : 1),
  );
};

const servedOn = (offerId: string, flows: readonly Flow[]): string =>
  flows
    .filter((flow) => flow.offerId === offerId && flow.containers > 0)
    .toSorted((a, b) => b.containers - a.containers)
    .slice(0, 3)
    .map(({ containers, groupId }) => `${rounded(containers)} of ${groupId}`)
    .join('; ');

const whyStarted = (offerId: string, flows: readonly Flow[], gpuType = 'nodes'): string => {
  const served = servedOn(offerId, flows);
  return served === ''
    ? `kept idle for instant starts (${gpuType}), or for the next periods`
    : `serves ${served}`;
};

const whyStopped = (offerId: string, flows: readonly Flow[]): string => {
  const served = servedOn(offerId, flows);
  return served === ''
    ? 'no group is served there any more'
    : `the rest is enough for what it serves: ${served}`;
};

/** The figures by which plans of one problem are set side by side; containers are those of the first period. */
export const outcomeOf = (plan: Plan): CapacityOutcome => ({
  totalMicroUsd: plan.cost.totalMicroUsd,
  paidMicroUsdPerHour: plan.cost.paidMicroUsdPerHourAfter,
  shortContainers: rounded(sum(plan.service.map(({ short }) => short[0] ?? 0))),
  lateContainers: rounded(sum(plan.service.map(({ late }) => late[0] ?? 0))),
  nodes: rounded(sum([...nodesAfter(plan).values()])),
  ...(plan.solution.gap === undefined ? {} : { gap: plan.solution.gap }),
  planner: plan.solution.planner,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const rounded = (value: number): number => Math.round(value * 100) / 100;
