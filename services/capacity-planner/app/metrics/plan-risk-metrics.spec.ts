import { defaultPolicy, type Plan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { createMetrics } from '@slipway/telemetry';
import { ruleOfThree } from '../rule-of-three.testing.js';
import { PlanRiskMetrics } from './plan-risk-metrics.js';

const problem: PlanningProblem = {
  ...{ at: 5_000, offers: [], quotas: [], commitments: [], groups: [], policy: defaultPolicy },
  forecast: { madeAt: 5_000, groups: [], pooledErrors: [] },
  fleet: { seenAt: 5_000, holdings: [], running: [] },
};
const slack = (name: Plan['slacks'][number]['name'], periodIndex: number): Plan['slacks'][number] => ({
  ...{ name, subject: 'own/hall/H100', periodIndex, amount: 4, unit: 'gpus', costMicroUsd: 1 },
});

test('what is above a share now is shown by rule and place, until a plan has none of it', async () => {
  const registry = createMetrics('spec');
  const metrics = new PlanRiskMetrics(registry);
  const over = async () =>
    (await registry.getSingleMetric('slipway_capacity_share_over_gpus')!.get()).values.map(
      ({ labels, value }) => ({ ...labels, value }),
    );
  const slacks = [slack('market-share', 0), slack('market-share', 1), slack('pin', 0)];
  metrics.made({ ...ruleOfThree(problem), slacks }, problem);
  expect(await over()).toEqual([{ rule: 'market-share', of: 'own/hall/H100', value: 4 }]);
  metrics.made(ruleOfThree(problem), problem);
  expect(await over()).toEqual([]);
});
