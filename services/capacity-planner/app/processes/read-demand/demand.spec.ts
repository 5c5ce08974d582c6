import type { MeteredStep } from '@slipway/capacity-planner-core';
import { DemandLedger, SERIES_STEP_MS } from '@slipway/capacity-planner-core';
import type { DemandStore, FactsRead } from '../../store/demand-store.js';
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

/** Demand that begins at this moment after what an earlier process had saved, and what it saves itself. */
const takingUp = async (startsAt: number, before?: FactsRead) => {
  const saved: number[] = [];
  const store = {
    load: () => Promise.resolve(before),
    save: (_service: string, { readAt }: FactsRead) => Promise.resolve(void saved.push(readAt)),
  };
  const clock = { at: startsAt };
  const demand = new Demand(store as unknown as DemandStore, () => clock.at);
  await demand.load();
  return { demand, saved, clock };
};

test('until the facts are read to their end, demand is as old as an earlier process knew it', async () => {
  const ledger = new DemandLedger().toState();
  const { demand, saved, clock } = await takingUp(900_000, { position: 3, ledger, readAt: 840_000 });
  expect([demand.knownAt, demand.lastKnownAt]).toEqual([undefined, 840_000]);
  clock.at = 900_000 + SERIES_STEP_MS;
  await demand.save();
  expect(saved).toEqual([840_000]);
  demand.setReading('caught-up');
  expect([demand.knownAt, demand.lastKnownAt]).toEqual([clock.at, clock.at]);
  demand.setReading('behind');
  const readAt = clock.at;
  clock.at += SERIES_STEP_MS;
  await demand.save();
  expect([demand.lastKnownAt, saved.at(-1)]).toEqual([readAt, readAt]);
});

test('where nobody ever knew demand, it is not known since the start', async () => {
  const { demand, clock } = await takingUp(900_000);
  clock.at += 60_000;
  expect([demand.knownAt, demand.lastKnownAt]).toEqual([undefined, 900_000]);
});
