import type { MeteredStep } from '@slipway/capacity-planner-core';
import { SERIES_STEP_MS } from '@slipway/capacity-planner-core';
import type { DemandStore } from '../../store/demand-store.js';
import { Demand } from './demand.js';

const demandOf = async () => {
  const stored: MeteredStep[] = [];
  const saving = Promise.withResolvers<void>();
  const store = {
    load: () => Promise.resolve(undefined),
    save: (_service: string, _read: unknown, steps: readonly MeteredStep[]) => {
      stored.push(...steps);
      return saving.promise;
    },
    steps: () => Promise.resolve([...stored]),
  };
  let at = 0;
  const demand = new Demand(store as unknown as DemandStore, () => at);
  await demand.load();
  at = 2 * SERIES_STEP_MS;
  return { demand, saving };
};

const startsOf = (steps: readonly MeteredStep[]) => steps.map(({ startsAt }) => startsAt / SERIES_STEP_MS);

test('a step that is on its way to the store is told all the while, and once', async () => {
  const { demand, saving } = await demandOf();
  const saved = demand.save();
  expect(startsOf(demand.unsaved(0))).toEqual([0, 1]);
  expect(startsOf(demand.unsaved(SERIES_STEP_MS))).toEqual([1]);
  expect(startsOf(await demand.steps(0))).toEqual([0, 1]);
  saving.resolve();
  await saved;
  expect(demand.unsaved(0)).toEqual([]);
  expect(startsOf(await demand.steps(0))).toEqual([0, 1]);
});

test('steps that could not be stored are told and stored later', async () => {
  const { demand, saving } = await demandOf();
  const saved = demand.save();
  saving.reject(new Error('the store is away'));
  await expect(saved).rejects.toThrow('the store is away');
  expect(startsOf(demand.unsaved(0))).toEqual([0, 1]);
});
