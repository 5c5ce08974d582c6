import { opponents } from '../opponents/opponents.js';
import { generatePeriod } from '../simulation/generate/generate-period.js';
import { simulate } from '../simulation/simulate.js';
import { CostWatch } from './cost-parts.js';

test.each(['sticky-greedy', 'replacing-greedy-10', 'karpenter-like'] as const)(
  'the parts of what %s costs add up to the whole',
  async (name) => {
    const period = generatePeriod({ seed: 5, size: 'small', steps: 12 });
    const costs = new CostWatch(period);
    const outcome = await simulate(period, opponents[name](period), costs.watch);
    const parts = costs.parts(outcome);
    const sum = Object.values(parts).reduce((total, part) => total + part, 0);
    expect(sum).toBeCloseTo(outcome.totalMicroUsd, 0);
    // Each bill is rounded to a micro-dollar, so that minimums may be a hair under nothing.
    for (const part of Object.values(parts)) expect(part).toBeGreaterThan(-10_000);
    expect(parts.busyOnDemand).toBeGreaterThan(0);
    expect(parts.idle).toBeGreaterThan(0);
  },
);
