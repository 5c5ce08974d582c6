import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { generatePeriod } from '../simulation/generate/generate-period.js';
import { planChange, shake, shaken } from './plan-stability.js';

const { offers, groups } = generatePeriod({ seed: 1, size: 'small', steps: 2 });
const problem: PlanningProblem = {
  at: 0,
  offers,
  quotas: [],
  commitments: [],
  groups,
  forecast: {
    madeAt: 0,
    groups: groups.map(({ groupId }) => ({
      groupId,
      periods: [10, 12].map((expectedContainers) => ({
        expectedContainers,
        quantiles: [],
      })),
    })),
    pooledErrors: [],
  },
  fleet: { seenAt: 0, holdings: [], running: [] },
  policy: defaultPolicy,
};
const holding = (counts: Readonly<Record<number, number>>): Plan =>
  ({
    offers: Object.entries(counts).map(([offer, nodes]) => ({
      offerId: offers[Number(offer)]!.offerId,
      nodes: [nodes],
    })),
  }) as unknown as Plan;

describe('stability', () => {
  test('shaking moves prices and the forecast within their shares, and leaves what is wanted now', () => {
    const other = shaken(problem, 1);
    for (const [index, offer] of other.offers.entries()) {
      const ratio = offer.billing.priceMicroUsdPerNodeHour / offers[index]!.billing.priceMicroUsdPerNodeHour;
      expect(Math.abs(ratio - 1)).toBeLessThanOrEqual(shake.price + 1e-6);
    }
    for (const { periods } of other.forecast.groups) {
      expect(periods[0]!.expectedContainers).toBe(10);
      expect(Math.abs(periods[1]!.expectedContainers / 12 - 1)).toBeLessThanOrEqual(shake.forecast);
    }
    expect(other).not.toEqual(problem);
    expect(shaken(problem, 1)).toEqual(other);
  });

  test('a node here in place of one there is one change of its size', () => {
    const sizes = offers.map(({ shape }) => shape.gpuCount);
    const [a, b] = [sizes.indexOf(8), sizes.lastIndexOf(8)];
    expect(a).not.toBe(b);
    expect(planChange(problem, holding({ [a]: 4 }), holding({ [a]: 4 }))).toBe(0);
    expect(planChange(problem, holding({ [a]: 4 }), holding({ [a]: 3, [b]: 1 }))).toBe(0.25);
  });
});
