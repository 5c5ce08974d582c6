import { defaultPolicy, readTrace, type Offer, type PlanningProblem } from '@slipway/capacity-planner-core';
import { initialControl } from '@slipway/capacity-planner-core';
import { overLedPlanner } from '../led-planner.testing.js';
import type { Leadership } from '../processes/lead-planner.js';
import { Demand } from '../processes/read-demand/demand.js';
import { catalogue, offer, ruleOfThree } from '../rule-of-three.testing.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import { DemandStore } from '../store/demand-store.js';
import { PlanStore } from '../store/plan-store.js';
import { boundInThread } from '../past/bound-in-thread.js';
import { recordInThread } from './record-in-thread.js';
import { RecordingAnswers } from './recording-answers.js';
import { recordingAsk, type RecordingParts } from './recording-ask.js';

const KEY = 'gpu:nonex0 cpu:1000 mem:1024 class:batch';
const START = Date.parse('2026-11-21T12:00:00Z');
const HOUR = 3_600_000;

let leadership: Leadership;
let parts: RecordingParts;
let answers: RecordingAnswers;

overLedPlanner(async (led, databaseUrl) => {
  leadership = led;
  const { pool } = leadership.store;
  const now = (): number => START + 6 * HOUR;
  const demand = new Demand(new DemandStore(pool), now);
  const steps = Array.from({ length: 48 }, (_, step) => ({
    startsAt: START + (step - 12) * 300_000,
    containers: { [KEY]: step < 24 ? 4 : 2 },
    lacking: { [KEY]: step === 20 ? 1 : 0 },
  }));
  await new DemandStore(pool).save(
    'scheduler',
    { position: 1, ledger: { tasks: [], lacks: [], hosts: [] }, readAt: now() },
    steps,
  );
  const [plans, catalogues] = [new PlanStore(pool), new CatalogueStore(pool)];
  const priced = (usd: number): Offer => ({
    ...offer,
    billing: { ...offer.billing, priceMicroUsdPerNodeHour: usd * 1_000_000 },
  });
  const made = async (planId: string, madeAt: number, version: string, offers: readonly Offer[]) => {
    const problem = {
      at: madeAt,
      groups: [],
      fleet: { seenAt: 0, holdings: [], running: [] },
      policy: { ...defaultPolicy, note: planId },
    };
    const asked = {
      ...problem,
      forecast: { madeAt, groups: [], pooledErrors: [] },
      commitments: [],
      quotas: [],
      offers,
    };
    await catalogues.save({ ...catalogue, version, offers }, madeAt);
    await plans.save(
      {
        planId,
        madeAt,
        trigger: 'spec',
        inputsHash: '',
        catalogueVersion: version,
        plan: ruleOfThree(asked as PlanningProblem),
      },
      asked as PlanningProblem,
    );
  };
  await made('pl-before', START - HOUR, 'v1', [priced(1)]);
  await made('pl-same', START + HOUR / 2, 'v1', [priced(1)]);
  await made('pl-dearer', START + HOUR, 'v2', [priced(2)]);
  const spot: Offer = { ...offer, offerId: 'own/hall/a/box/spot', purchase: 'spot' };
  await made('pl-later', START + 5 * HOUR, 'v3', [priced(3), spot]);
  const state = { control: initialControl };
  const ledger = { hosts: [] };
  parts = { databaseUrl, demand, ledger, state, policy: defaultPolicy };
  answers = new RecordingAnswers(parts, now, (asked) =>
    recordInThread(asked, new URL('../dist/recording/record.thread.js', import.meta.url)),
  );
});

const ask = (from: number, until: number, offset = 0, limit = 100) =>
  answers.get({ from, until, offset, limit });
const refusal = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'nothing',
    (error: { refusal: { message: string } }) => error.refusal.message,
  );

test('a period is made of the plans in it and the last before it, and of the demand until its end', async () => {
  const { rows, total } = await ask(START, START + 2 * HOUR);
  expect(total).toBe(rows.length);
  const text = rows.map((row) => JSON.stringify(row)).join('\n');
  const { trace, faults } = readTrace('recorded', text, START + 6 * HOUR);
  expect(faults).toEqual([]);
  expect(trace.offers.map(({ offer: { billing } }) => billing.priceMicroUsdPerNodeHour)).toEqual([1_000_000]);
  expect(trace.market).toMatchObject([{ at: START + HOUR, priceMicroUsdPerNodeHour: 2_000_000 }]);
  expect(trace.demand.map(({ at, containers }) => [at, containers])).toEqual([
    [START - HOUR, 4],
    [START + HOUR, -2],
  ]);
  expect(trace.happened).toMatchObject({ waitedGpuMs: 300_000 });
  expect(trace.policy).toMatchObject({ note: 'pl-dearer' });
});

test('where a catalogue does not say what its rates were raised by, a note does', async () => {
  const notes = async (from: number, until: number) =>
    (await ask(from, until)).rows.filter(({ type }) => type === 'note').map(({ text }) => text);
  expect(await notes(START, START + 2 * HOUR)).toEqual([]);
  expect(await notes(START + 4 * HOUR, START + 6 * HOUR)).toEqual([
    expect.stringContaining('1 catalogues do not say what losses had raised their rates'),
  ]);
});

test('pages of one recording make the whole', async () => {
  const { rows } = await ask(START, START + 2 * HOUR);
  const pages = await Promise.all(rows.map((_, offset) => ask(START, START + 2 * HOUR, offset, 1)));
  expect(pages.flatMap((page) => page.rows)).toEqual(rows);
});

test.each([
  [START + HOUR, START, 'not before until'],
  [START, START + 7 * HOUR, 'which is to come'],
  [START - 40 * 24 * HOUR, START, '31 days at most'],
  [START - 9 * HOUR, START - 8 * HOUR, 'No plan was made until'],
])('a period that cannot be told of is refused by name', async (from, until, message) => {
  expect(await refusal(ask(from, until))).toContain(message);
});

test('a thread that dies is a refusal with what it said last', async () => {
  const program = new URL('data:text/javascript,throw new Error("out of memory")');
  const asked = recordInThread(recordingAsk(parts, START, START + HOUR), program);
  expect(await refusal(asked)).toBe(
    'The period could not be recorded: recording failed: Error: out of memory.',
  );
});

describe('the bound of a time', () => {
  const program = new URL('../dist/past/bound-past.thread.js', import.meta.url);
  const bound = (from: number, until: number) =>
    boundInThread(recordingAsk(parts, from, until), START + 6 * HOUR, program);

  test('is worked out in a thread, which reads the stores itself', async () => {
    const { rows } = await ask(START, START + HOUR);
    const happened = rows.find(({ type }) => type === 'happened')!;
    const past = await bound(START, START + HOUR);
    expect(past).toMatchObject({ costMicroUsd: 0, wantedGpuMs: happened['wanted_gpu_ms'] });
    expect(past.boundMicroUsd).toBeGreaterThan(0);
  });

  test('is refused as the recording is', async () => {
    expect(await refusal(bound(START - 9 * HOUR, START - 8 * HOUR))).toContain('No plan was made until');
  });
});

test('a period whose prices are damaged is refused by the time of the prices', async () => {
  await leadership.store.pool.query({
    text: `update capacity_planner.catalogue_versions set content = 'no gzip' where version = 'v3'`,
  });
  expect(await refusal(ask(START + 3 * HOUR, START + 6 * HOUR))).toBe(
    'The prices of 2026-11-21T17:00:00.000Z cannot be read: the kept catalogue v3 is damaged. Record a time before it, or one that begins with a later catalogue.',
  );
  expect(await ask(START, START + 2 * HOUR)).toMatchObject({ total: expect.any(Number) as number });
});
