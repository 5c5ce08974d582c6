import { defaultPolicy, type Guardrails, type HeldChange } from '@slipway/capacity-planner-core';
import { createMetrics } from '@slipway/telemetry';
import { offer } from '../rule-of-three.testing.js';
import { watchSpend } from './spend-metrics.js';

const scene = (limits: Partial<Guardrails>, held: readonly HeldChange[] = []) => {
  const registry = createMetrics('spec');
  watchSpend(registry, {
    ...{ now: () => 0, hosts: () => [], held: () => held, commitments: () => [] },
    guardrails: () => ({ ...defaultPolicy.guardrails, ...limits }),
  });
  return async (name: string) =>
    (await registry.getSingleMetric(`slipway_capacity_${name}`)!.get()).values.map(({ labels, value }) => ({
      ...labels,
      value,
    }));
};

test('where nothing was committed to, nothing is paid for it', async () => {
  expect(await scene({})('commitments_usd')).toEqual([
    { what: 'paid', value: 0 },
    { what: 'covered', value: 0 },
  ]);
});

test('what has no limit has no cap', async () => {
  expect(await scene({})('spend_cap_usd')).toEqual([]);
  expect(await scene({ maxSpendMicroUsdPerDay: 5_000_000 })('spend_cap_usd')).toEqual([
    { per: 'day', value: 5 },
  ]);
});

test('starts that a cap holds back are counted by the cap', async () => {
  const start: HeldChange['change'] = { action: 'start', offer, because: '', microUsdPerHour: 1 };
  const held = { change: start, heldBy: 'spend-per-day' as const, because: '' };
  expect(await scene({}, [held, held])('held_starts')).toEqual([{ rule: 'spend-per-day', value: 2 }]);
});
