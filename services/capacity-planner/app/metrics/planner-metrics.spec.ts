import { createMetrics } from '@slipway/telemetry';
import { catalogue, ruleOfThree } from '../rule-of-three.testing.js';
import { defaultPolicy, type PlanningProblem } from '@slipway/capacity-planner-core';
import { PlannerMetrics } from './planner-metrics.js';

const problem: PlanningProblem = {
  ...{ at: 5_000, offers: [], quotas: [], commitments: [], groups: [], policy: defaultPolicy },
  forecast: { madeAt: 5_000, groups: [], pooledErrors: [] },
  fleet: { seenAt: 5_000, holdings: [], running: [] },
};
const stored = (gap?: number) => {
  const plan = ruleOfThree(problem);
  return {
    ...{ planId: 'pl-1', madeAt: 5_000, trigger: 'cycle', inputsHash: '', catalogueVersion: '' },
    plan: { ...plan, solution: { ...plan.solution, ...(gap === undefined ? {} : { gap }) } },
  };
};
const scene = () => {
  const registry = createMetrics('spec');
  const valuesOf = async (name: string) =>
    (await registry.getSingleMetric(`slipway_capacity_${name}`)!.get()).values.map(({ value }) => value);
  return { metrics: new PlannerMetrics(registry), valuesOf };
};

test('there is a gap only where one was proven', async () => {
  const { metrics, valuesOf } = scene();
  expect(await valuesOf('plan_gap_ratio')).toEqual([]);
  metrics.made(stored(0.2), problem, catalogue, 1);
  expect(await valuesOf('plan_gap_ratio')).toEqual([0.2]);
  metrics.made(stored(), problem, catalogue, 1);
  expect(await valuesOf('plan_gap_ratio')).toEqual([]);
});

test('after a start the newest plan is as old as it was; where there is none, its absence begins now', async () => {
  const { metrics, valuesOf } = scene();
  metrics.tookUp(stored(), 90_000);
  expect(await valuesOf('plan_made_timestamp_seconds')).toEqual([5]);
  metrics.tookUp(undefined, 90_000);
  expect(await valuesOf('plan_made_timestamp_seconds')).toEqual([90]);
});

test('plans are counted by why they were made, whoever asks for them and however often', async () => {
  const registry = createMetrics('spec');
  const metrics = new PlannerMetrics(registry);
  const news = ['cycle', 'demand', 'could-not-follow', 'fleet', 'control'];
  const names = Array.from({ length: 50 }, (_, index) => `asked for by operator-${index}`);
  for (const trigger of [...news, ...names, 'demand'])
    metrics.made({ ...stored(), trigger }, problem, catalogue, 1);
  const { values } = await registry.getSingleMetric('slipway_capacity_plans_total')!.get();
  expect(values.map(({ labels, value }) => [labels['trigger'], value])).toEqual([
    ['cycle', 1],
    ['demand', 2],
    ...['could-not-follow', 'fleet', 'control'].map((trigger) => [trigger, 1]),
    ['asked-for', 50],
  ]);
});

test('what is missing of a pool and of one within it is missing once', async () => {
  const { metrics, valuesOf } = scene();
  const { plan, ...made } = stored();
  const all = { gpuType: 'H100', groupIds: ['a', 'b'], wanted: [0, 4], missing: [0, 4], paying: 4 };
  const buffers = [{ ...all, groupIds: ['a'] }, all];
  metrics.made({ ...made, plan: { ...plan, buffers } }, problem, catalogue, 1);
  expect(await valuesOf('buffer_missing_gpus')).toEqual([4]);
  metrics.made({ ...made, plan }, problem, catalogue, 1);
  expect(await valuesOf('buffer_missing_gpus')).toEqual([]);
});

test('plans of a heuristic are counted where the solver failed, from none on', async () => {
  const { metrics, valuesOf } = scene();
  metrics.made(stored(), problem, catalogue, 1);
  expect(await valuesOf('solver_fallbacks_total')).toEqual([0]);
  const { plan, ...made } = stored();
  const solver = { status: 'fallback', because: 'out of memory' } as const;
  const fallback = { ...plan, solution: { ...plan.solution, solver } };
  metrics.made({ ...made, plan: fallback }, problem, catalogue, 1);
  expect(await valuesOf('solver_fallbacks_total')).toEqual([1]);
});
