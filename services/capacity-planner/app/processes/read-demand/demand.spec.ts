import type { MeteredStep } from '@slipway/capacity-planner-core';
import { DemandLedger, SERIES_STEP_MS } from '@slipway/capacity-planner-core';
import type { DemandNow, ExitReason, Fact, FactBatch, HostLabels } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { DemandStore, FactsRead } from '../../store/demand-store.js';
import { askDemand } from './ask-demand.js';
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

const KEY = 'gpu:nonex0 cpu:1000 mem:1024 class:batch';
const created = (taskId: string, workerId = 'wo-1'): Fact => ({
  ...{ at: 0, type: 'task-created', taskId, workerId, demandKey: KEY },
  ...{ functionId: 'fu-1', appId: 'ap-1', workspaceId: 'ws-1' },
});
const lacked = (functionId: string, containers: number): Fact => ({
  ...{ at: 0, type: 'room-lacked', functionId, demandKey: KEY, containers },
});
const batchOf = (firstPosition: number, lastPosition: number, ...facts: Fact[]): FactBatch => ({
  ...{ service: 'scheduler', firstPosition, lastPosition, facts },
});

describe('facts that were dropped before they were read', () => {
  const asked = { tasks: [['ta-2', { demandKey: KEY, workerId: 'wo-1' }]], lacks: [] } as const;

  test('are missed, others are not', async () => {
    const { demand } = await takingUp(0);
    expect(demand.misses(batchOf(1, 3))).toBe(false);
    demand.fold(batchOf(1, 3, created('ta-1')));
    const judged = [batchOf(1, 3), batchOf(3, 5), batchOf(4, 5), batchOf(5, 5)].map((batch) =>
      demand.misses(batch),
    );
    expect(judged).toEqual([false, false, false, true]);
    expect(demand.misses({ ...batchOf(9, 9), service: 'image-builder' })).toBe(false);
  });

  test('leave no demand behind: what is wanted is what the scheduler says, and what it told since', async () => {
    const { demand } = await takingUp(0);
    demand.fold(batchOf(1, 2, created('ta-1'), lacked('fu-1', 7)));
    expect(demand.wanted().get(KEY)).toEqual({ bought: 0, own: 1, lacking: 7 });
    const hosts = [['wo-1', { offerId: 'o-1' } as HostLabels]] as const;
    demand.takeAnew({ ...asked, hosts });
    expect(demand.wanted().get(KEY)).toEqual({ bought: 1, own: 0, lacking: 0 });
    // Told before the answer was made, and read after it.
    const ended: Fact = { at: 0, type: 'task-ended', taskId: 'ta-1', reason: 'idle' as ExitReason };
    demand.fold(batchOf(9, 12, created('ta-1'), created('ta-2'), lacked('fu-2', 1), ended));
    expect(demand.wanted().get(KEY)).toEqual({ bought: 1, own: 0, lacking: 1 });
    expect(demand.misses(batchOf(13, 13))).toBe(false);
  });

  test('are made up for by an answer that comes in parts', async () => {
    const pages: readonly DemandNow[] = [
      {
        tasks: [{ taskId: 'ta-1', demandKey: KEY, workerId: 'wo-1' }],
        nextAfter: 'ta-1',
        lacks: [],
        hosts: [],
      },
      {
        tasks: [{ taskId: 'ta-2', demandKey: KEY, workerId: 'wo-1' }],
        lacks: [{ functionId: 'fu-1', demandKey: KEY, containers: 2 }],
        hosts: [],
      },
    ];
    const asks: unknown[] = [];
    const persist = (_name: string, ask: unknown) => Promise.resolve(pages[asks.push(ask) - 1]);
    const all = await askDemand({ persist } as unknown as Bus, new AbortController().signal);
    expect(asks).toEqual([{}, { after: 'ta-1' }]);
    expect(all.tasks.map(([taskId]) => taskId)).toEqual(['ta-1', 'ta-2']);
    expect(all.lacks).toEqual([['fu-1', { demandKey: KEY, containers: 2 }]]);
  });
});
