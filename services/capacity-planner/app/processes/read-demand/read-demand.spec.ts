import { factSubject, type DemandNow, type Fact, type FactBatch } from '@slipway/contracts';
import { Bus, encode } from '@slipway/messaging';
import { createLogger } from '@slipway/telemetry';
import { startKillableNats, type KillableNats } from '../../../../../tools/testing/killable-nats.ts';
import type { DemandStore } from '../../store/demand-store.js';
import { Demand } from './demand.js';
import { readDemand } from './read-demand.js';

const KEY = 'gpu:nonex0 cpu:1000 mem:1024 class:batch';
const nothing: DemandNow = { tasks: [], lacks: [], hosts: [] };

let nats: KillableNats;
let bus: Bus;
beforeAll(async () => {
  nats = await startKillableNats();
  bus = await Bus.connect({ url: nats.natsUrl, service: 'capacity-planner' });
}, 60_000);
afterAll(async () => {
  await bus?.close();
  await nats?.stop();
});

const lacked = (functionId: string): Fact => ({
  ...{ at: 0, type: 'room-lacked', functionId, demandKey: KEY, containers: 1 },
});
const tell = async (firstPosition: number, lastPosition: number, fact: Fact): Promise<void> => {
  const batch: FactBatch = { service: 'scheduler', firstPosition, lastPosition, facts: [fact] };
  await bus.connection.jetstream().publish(factSubject('scheduler'), encode(batch));
};

test('the scheduler says what is wanted where there are no facts, and where some were dropped', async () => {
  const answers: DemandNow[] = [
    nothing,
    { ...nothing, lacks: [{ functionId: 'fu-kept', demandKey: KEY, containers: 5 }] },
  ];
  const scheduler = bus.connection.subscribe('scheduler.list-demand', {
    callback: (_, message) => void message.respond(encode({ value: answers.shift() })),
  });
  const store = { load: () => Promise.resolve(undefined) } as unknown as DemandStore;
  const demand = new Demand(store, () => 0);
  const ending = new AbortController();
  const told: (() => void)[] = [];
  const news = (): Promise<void> => new Promise((resolve) => told.push(resolve));
  const reading = readDemand({
    ...{ bus, demand, logger: createLogger('spec', 'silent'), stopped: ending.signal },
    onNews: () => told.shift()?.(),
  });
  while (demand.knownAt === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(answers).toHaveLength(1);

  let heard = news();
  await tell(1, 3, lacked('fu-found-in-the-gap'));
  await heard;
  expect(demand.wanted().get(KEY)).toMatchObject({ lacking: 1 });

  heard = news();
  await tell(9, 12, lacked('fu-new'));
  await heard;
  expect(demand.wanted().get(KEY)).toMatchObject({ lacking: 6 });
  expect(answers).toEqual([]);

  ending.abort();
  await reading;
  scheduler.unsubscribe();
}, 30_000);
