import type { DemandFutures } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { luckAt } from '../simulation/chance.js';

/** How far inputs are shaken, as shares: what nobody knows better anyway. */
export const shake = { forecast: 0.03, price: 0.01 } as const;

const evenly = (spread: number, ...keys: readonly number[]): number => 1 + spread * (2 * luckAt(...keys) - 1);

/** The same problem with a forecast and prices that are a little wrong. What is wanted now is known and stays. */
export const shaken = (problem: PlanningProblem, seed: number): PlanningProblem => ({
  ...problem,
  offers: problem.offers.map((offer, index) => ({
    ...offer,
    billing: {
      ...offer.billing,
      priceMicroUsdPerNodeHour: Math.round(
        offer.billing.priceMicroUsdPerNodeHour * evenly(shake.price, seed, 1, index),
      ),
    },
  })),
  forecast: {
    ...problem.forecast,
    groups: problem.forecast.groups.map((group, index) => {
      const factor = evenly(shake.forecast, seed, 2, index);
      return {
        ...group,
        periods: group.periods.map(({ expectedContainers, quantiles }, period) => ({
          expectedContainers: period === 0 ? expectedContainers : expectedContainers * factor,
          quantiles: quantiles.map(({ level, containers }) => ({
            level,
            containers: containers * factor,
          })),
        })),
      };
    }),
    ...(problem.forecast.futures && { futures: shakenFutures(problem.forecast.futures, seed) }),
  },
});

/** Futures are of whole containers: some round up, some down. */
const shakenFutures = ({ stepMs, paths }: DemandFutures, seed: number): DemandFutures => ({
  stepMs,
  paths: paths.map((path, number) =>
    path.map((counts, group) =>
      counts.map((count, step) =>
        step === 0
          ? count
          : Math.floor(count * evenly(shake.forecast, seed, 2, group) + luckAt(seed, 3, number, group)),
      ),
    ),
  ),
});

/** How much of the fleet two plans for the same moment would hold differently at once: a share of its GPUs. */
export const planChange = (problem: PlanningProblem, one: Plan, other: Plan): number => {
  const gpus = new Map(problem.offers.map(({ offerId, shape }) => [offerId, Math.max(1, shape.gpuCount)]));
  const held = (plan: Plan) => new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes[0]!]));
  const [first, second] = [held(one), held(other)];
  let [changed, whole] = [0, 0];
  for (const [offerId, size] of gpus) {
    const [a, b] = [first.get(offerId) ?? 0, second.get(offerId) ?? 0];
    changed += Math.abs(a - b) * size;
    whole += a * size;
  }
  // A node here in place of one there is one change, not two.
  return changed / 2 / Math.max(1, whole);
};
