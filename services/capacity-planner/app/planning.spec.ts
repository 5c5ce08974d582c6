import { setTimeout } from 'node:timers/promises';
import {
  defaultPolicy,
  type Fleet,
  type Plan,
  type PlanningProblem,
  type Refusals,
  type TermPrice,
} from '@slipway/capacity-planner-core';
import type { CommittedTo, FactBatch } from '@slipway/contracts';
import { createLogger, createMetrics } from '@slipway/telemetry';
import { startThrowawayPostgres, type ThrowawayPostgres } from '../../../tools/testing/throwaway-postgres.ts';
import type { CatalogueView } from './catalogue/catalogue-view.js';
import { CommitmentAnswers } from './answers/commitment-answers.js';
import { ControlAnswers } from './answers/control-answers.js';
import { KeptPlans } from './answers/kept-plans.js';
import { MarketAnswers } from './answers/market-answers.js';
import { PlanAnswers } from './answers/plan-answers.js';
import { QuestionAnswers } from './answers/question-answers.js';
import { TermAnswers } from './answers/term-answers.js';
import { explainInThread } from './explaining/explain-in-thread.js';
import { PlannerJournal } from './journal/planner-journal.js';
import { PlannerState } from './journal/planner-state.js';
import { PlannerMetrics } from './metrics/planner-metrics.js';
import { leadPlanner, type Leadership } from './processes/lead-planner.js';
import { PacedPlans } from './processes/plan-capacity/paced-plans.js';
import { PlanTriggers } from './processes/plan-capacity/plan-triggers.js';
import { PlanningCycle } from './processes/plan-capacity/planning-cycle.js';
import { Demand } from './processes/read-demand/demand.js';
import { CatalogueStore } from './store/catalogue-store.js';
import { DemandStore } from './store/demand-store.js';
import { PlanStore } from './store/plan-store.js';
import type { CapacityPlannerConfig } from './config.js';
import { catalogue, offer, ruleOfThree } from './rule-of-three.testing.js';

const KEY = 'gpu:nonex0 cpu:1000 mem:1024 class:batch';
const explainThread = new URL('./dist/explaining/explain.thread.js', import.meta.url);
const START = Date.parse('2026-11-21T12:00:00Z');

let postgres: ThrowawayPostgres;
let leadership: Leadership;
let at = START;
let makePlan: (problem: PlanningProblem) => Promise<Plan>;
let fleet: Fleet;
let sold: (refusals?: Refusals) => CatalogueView;
const followed: string[] = [];
const besides: (string | undefined)[] = [];
let scene: Awaited<ReturnType<typeof openScene>>;

const now = (): number => at;
const config = (holder: string): CapacityPlannerConfig =>
  ({ databaseUrl: postgres.databaseUrl, holder, leaseMs: 60_000 }) as CapacityPlannerConfig;

/** The planner's parts over one database, as a process has them after its start. */
const openScene = async ({ store, fence }: Leadership) => {
  const journal = new PlannerJournal(store.log, fence);
  const state = new PlannerState(journal);
  await journal.replay();
  const demand = new Demand(new DemandStore(store.pool), now);
  await demand.load();
  demand.setReading('caught-up');
  const plans = new PlanStore(store.pool);
  const source = { current: (refusals?: Refusals) => Promise.resolve(sold(refusals)) };
  const fleetSource = { look: () => Promise.resolve(fleet) };
  const make = (problem: PlanningProblem): Promise<Plan> => makePlan(problem);
  const cycle = new PlanningCycle({
    ...{ now, state, demand, plans, catalogue: source, makePlan: make, policy: defaultPolicy },
    catalogues: new CatalogueStore(store.pool),
    fleet: fleetSource,
    followers: [
      {
        name: 'spec',
        follow: ({ stored }, heldBack) => {
          followed.push(stored.planId);
          besides.push(heldBack?.stored.planId);
          return Promise.resolve();
        },
      },
    ],
    metrics: new PlannerMetrics(createMetrics('spec')),
    logger: createLogger('spec', 'silent'),
  });
  await cycle.load();
  const kept = new KeptPlans(state, plans);
  const acting = { stepsOf: () => undefined };
  return {
    ...{ state, demand, plans, cycle },
    answers: new PlanAnswers(state, plans, kept, cycle, acting, make, fleetSource, now),
    questions: new QuestionAnswers(kept, make, explainInThread(explainThread), source),
    terms: new TermAnswers(kept, new CatalogueStore(store.pool)),
    control: new ControlAnswers(state, defaultPolicy, now, new PlanTriggers(), source),
    commitments: new CommitmentAnswers(state, source, fleetSource, new PlanTriggers(), now),
    market: new MarketAnswers(source, demand, plans, state, now),
  };
};

const lacking = (position: number, containers: number): FactBatch => ({
  service: 'scheduler',
  firstPosition: position,
  lastPosition: position,
  facts: [{ at, type: 'room-lacked', functionId: 'fu-1', demandKey: KEY, containers }],
});

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  leadership = await leadPlanner(config('spec'), createLogger('spec', 'silent'));
}, 60_000);
afterAll(async () => {
  await leadership?.resign();
  await postgres?.stop();
});
beforeEach(async () => {
  at = START;
  followed.length = 0;
  makePlan = (problem) => Promise.resolve(ruleOfThree(problem));
  fleet = { seenAt: START, holdings: [], running: [] };
  sold = () => catalogue;
  const { pool } = leadership.store;
  for (const table of ['events', 'plans', 'demand_steps', 'facts_read', 'catalogue_versions'])
    await pool.query({ text: `truncate capacity_planner.${table}` });
  await leadership.store.log.findEnd();
  scene = await openScene(leadership);
});

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: unknown) => (error as { refusal?: { code: string } }).refusal?.code ?? String(error),
  );

test('where nothing is wanted nothing is planned', async () => {
  expect(await scene.cycle.plan('cycle')).toBeUndefined();
  expect(await refusal(scene.answers.planNow({ by: 'ada' }))).toBe('nothing-to-plan');
  expect(await refusal(scene.answers.get({ planId: 'latest' }))).toBe('plan-not-found');
});

test('where nothing is wanted, nodes that an operator wants are planned for, until the pin is over', async () => {
  const pin = { filter: { offerId: offer.offerId }, least: 1, until: at + 60_000 };
  await scene.control.pin({ ...pin, by: 'ada', reason: 'a launch' });
  const planned = await scene.cycle.plan('control');
  expect((await scene.plans.problemOf(planned!.planId))!.policy.pins).toEqual([pin]);
  at += 60_000;
  expect(await scene.cycle.plan('cycle')).toBeUndefined();
});

test('a plan in force that asks for pinned nodes is followed by one without them, though none was had and nothing is wanted', async () => {
  const pin = { filter: { offerId: offer.offerId }, least: 1, until: at + 60_000 };
  await scene.control.pin({ ...pin, by: 'ada', reason: 'a launch' });
  makePlan = (problem) => {
    const plan = ruleOfThree(problem);
    const nodes = [problem.policy.pins?.[0]?.least ?? 0];
    return Promise.resolve({ ...plan, offers: [{ ...plan.offers[0]!, nodes, starts: nodes }] });
  };
  const pinned = await scene.cycle.plan('control');
  at += 60_000;
  const after = await scene.cycle.plan('pin-ended');
  expect([pinned, after].map((stored) => stored?.plan.offers[0]!.nodes)).toEqual([[1], [0]]);
  expect(followed.at(-1)).toBe(after!.planId);
  expect(await scene.cycle.plan('cycle')).toBeUndefined();
});

test('what is pinned while a plan is being made is in another one after it', async () => {
  scene.demand.fold(lacking(1, 9));
  const making = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const pins: (number | undefined)[] = [];
  makePlan = async (problem) => {
    pins.push(problem.policy.pins?.[0]?.least);
    making.resolve();
    await going.promise;
    return ruleOfThree(problem);
  };
  const plans = new PacedPlans(scene.cycle, 0);
  const running = plans.now('cycle');
  await making.promise;
  await scene.control.pin({ filter: { offerId: offer.offerId }, least: 1, by: 'ada', reason: 'a launch' });
  plans.soon('control');
  await setTimeout(5);
  going.resolve();
  await running;
  while (pins.length < 2) await setTimeout(1);
  await scene.cycle.settled();
  expect(pins).toEqual([undefined, 1]);
  expect(scene.cycle.settled()).toBeUndefined();
  expect(await scene.answers.get({ planId: 'latest' })).toMatchObject({ trigger: 'control' });
});

test('what finds no room is planned for, kept with its inputs, and told to who follows', async () => {
  scene.demand.fold(lacking(1, 9));
  const stored = await scene.cycle.plan('demand');
  expect(followed).toEqual([stored!.planId]);
  const detail = await scene.answers.get({ planId: 'in-force' });
  expect(detail).toMatchObject({ planId: stored!.planId, state: 'in-force', starts: 2, trigger: 'demand' });
  // Lists, facts and the log tell its figures; the plan itself is in its store.
  expect((await scene.answers.list({ limit: 1 })).plans[0]).not.toHaveProperty('plan');
  const diff = await scene.answers.diff({ planId: 'latest' });
  expect(diff.changes).toEqual([
    {
      ...{
        action: 'start',
        offerId: offer.offerId,
        nodesBefore: 0,
        nodesAfter: 2,
        microUsdPerHour: 2_000_000,
      },
      because: `serves 9 of ${KEY}`,
    },
  ]);
  expect((await scene.answers.replay({ planId: 'latest' })).identical).toBe(true);
  const changed = await scene.questions.whatIf({ demand: [{ factor: 2 }] });
  expect([changed.base.nodes, changed.changed.nodes]).toEqual([2, 3]);
  expect(await refusal(scene.questions.whatIf({ without: [{ vendor: 'aws' }] }))).toBe('no-such-offer');
  const why = await scene.questions.explainOffer({ planId: 'latest', offerId: offer.offerId });
  expect(why).toMatchObject({ verdict: 'bought', serves: [{ demandKey: KEY, containers: 9 }] });
  expect(why.doubted).toBeUndefined();
  const doubt = { formerMicroUsdPerNodeHour: 1, saidMicroUsdPerNodeHour: 9, timesSaid: 1 };
  sold = () => ({
    ...catalogue,
    doubted: [{ ...doubt, offerId: offer.offerId, seenAt: at, since: at }],
  });
  const doubted = await scene.questions.explainOffer({ planId: 'latest', offerId: offer.offerId });
  expect(doubted.doubted).toEqual(doubt);
  const { gpus, choices } = await scene.questions.explain({ planId: 'latest' });
  expect(gpus.map(({ gpuType }) => gpuType)).toEqual(['CPU', 'CPU', 'CPU', 'CPU']);
  expect(choices.map(({ offerId }) => offerId)).toEqual([offer.offerId]);
  const nobody = scene.questions.explainOffer({ planId: 'latest', offerId: 'nobody' });
  expect(await refusal(nobody)).toBe('no-such-offer');
  const { groups } = await scene.market.getDemand();
  expect(groups).toMatchObject([{ demandKey: KEY, wanted: { bought: 0, own: 0, lacking: 9 } }]);
});

test('where somebody would get nothing, what was refused a while ago is asked for again', async () => {
  const none = { ...catalogue, version: 'refused', offers: [] };
  sold = (refusals) => (refusals === 'doubted' ? catalogue : none);
  const problems: PlanningProblem[] = [];
  makePlan = (problem) => {
    problems.push(problem);
    const plan = ruleOfThree({ ...problem, offers: catalogue.offers });
    const short = [{ groupId: KEY, short: [1] }] as unknown as Plan['service'];
    return Promise.resolve({ ...plan, service: problem.offers.length === 0 ? short : [] });
  };
  scene.demand.fold(lacking(1, 9));
  const stored = await scene.cycle.plan('demand');
  expect(problems.map(({ offers }) => offers.length)).toEqual([0, 1]);
  expect(stored?.catalogueVersion).toBe(catalogue.version);
});

test('facts that come twice, before and after a new start, count once', async () => {
  scene.demand.fold(lacking(1, 9));
  expect(scene.demand.fold(lacking(1, 9))).toBeUndefined();
  at += 600_000;
  await scene.demand.save();
  const after = await openScene(leadership);
  expect(after.demand.levels()).toEqual(new Map([[KEY, 9]]));
  expect(after.demand.fold(lacking(1, 9))).toBeUndefined();
  expect((await after.demand.steps(START)).map(({ containers }) => containers[KEY])).toEqual([9, 9]);
});

test('a plan that goes wrong leaves the last good one in force, and says why, once', async () => {
  scene.demand.fold(lacking(1, 9));
  const good = await scene.cycle.plan('demand');
  makePlan = () => Promise.reject(new Error('the plan is not sound: 3 nodes of 2'));
  for (let time = 0; time < 3; time += 1)
    await expect(scene.cycle.plan('cycle')).rejects.toThrow('not sound');
  expect(scene.control.get()).toMatchObject({
    inForcePlanId: good!.planId,
    failing: { because: 'the plan is not sound: 3 nodes of 2' },
  });
  const { rows } = await leadership.store.pool.query({
    text: `select 1 from capacity_planner.events where type = 'planning-failed'`,
  });
  expect(rows).toHaveLength(1);
  await scene.cycle.follow();
  expect(followed).toEqual([good!.planId, good!.planId]);
});

test('a clock that was set back a little makes no plan older than the last', async () => {
  scene.demand.fold(lacking(1, 9));
  const first = await scene.cycle.plan('cycle');
  at -= 30_000;
  const second = await scene.cycle.plan('cycle');
  expect(second!.madeAt).toBe(first!.madeAt + 1);
});

test('a clock that jumps ahead and comes back does not keep the planner in the future', async () => {
  scene.demand.fold(lacking(1, 9));
  await scene.demand.save();
  at += 86_400_000;
  const ahead = await scene.cycle.plan('cycle');
  at = START + 60_000;
  const after = await openScene(leadership);
  const back = await after.cycle.plan('cycle');
  expect([ahead!.madeAt, back!.madeAt]).toEqual([START + 86_400_000, at]);
  expect(await after.answers.get({ planId: 'latest' })).toMatchObject({ planId: back!.planId });
  expect(after.control.get()).toMatchObject({ inForcePlanId: back!.planId });
});

describe('a plan that spends more than may be added without a person', () => {
  beforeEach(async () => {
    await scene.control.setGuardrails({ by: 'ada', guardrails: { approvalAboveMicroUsdPerHour: 3_000_000 } });
    scene.demand.fold(lacking(1, 9));
    await scene.cycle.plan('demand');
    scene.demand.fold(lacking(2, 90));
    at += 60_000;
    await scene.cycle.plan('demand');
  });

  test('waits, while the one before is followed; approved, it is followed', async () => {
    const [newest, before] = (await scene.answers.list({ limit: 10 })).plans;
    expect([newest!.state, before!.state]).toEqual(['waiting', 'in-force']);
    expect(new Set(followed)).toEqual(new Set([before!.planId]));
    expect((await scene.answers.approve({ planId: newest!.planId, by: 'ada' })).state).toBe('in-force');
    expect(followed.at(-1)).toBe(newest!.planId);
  });

  test('is approved without a change, which the next plans are kept from too', async () => {
    const [newest, before] = (await scene.answers.list({ limit: 10 })).plans;
    const { planId } = newest!;
    expect(await refusal(scene.answers.approve({ planId, by: 'ada', without: ['none'] }))).toBe(
      'no-such-change',
    );
    const without = [offer.offerId];
    // One that was asked for before has joined since the plan was made.
    const joined = { startingNodes: 0, drainingNodes: 0, paidUntil: [] };
    fleet = { ...fleet, holdings: [{ offerId: offer.offerId, nodes: 1, ...joined }] };
    const approved = await scene.answers.approve({ planId, by: 'ada', without });
    expect(approved).toMatchObject({ state: 'in-force', decided: { by: 'ada', without } });
    expect(before!.state).toBe('in-force');
    const [pinned] = scene.control.get().pins;
    expect(pinned).toMatchObject({ filter: { offerId: offer.offerId }, most: 1, until: at + 3_600_000 });
    at += 60_000;
    const next = await scene.cycle.plan('cycle');
    expect((await scene.plans.problemOf(next!.planId))!.policy.pins).toHaveLength(1);
    expect((await scene.answers.list({ limit: 1 })).plans[0]!.state).toBe('waiting');
    at += 3_600_000;
    expect(scene.control.get().pins).toEqual([]);
  });

  test('is told beside the one in force, and can be approved after newer ones were made', async () => {
    const read = await scene.answers.get({ planId: 'latest' });
    expect(besides.at(-1)).toBe(read.planId);
    at += 120_000;
    const newer = await scene.cycle.plan('cycle');
    expect(scene.state.waitingSince).toBe(read.madeAt);
    expect(besides.at(-1)).toBe(newer!.planId);
    expect((await scene.answers.approve({ planId: read.planId, by: 'ada' })).state).toBe('in-force');
    expect([followed.at(-1), besides.at(-1)]).toEqual([read.planId, undefined]);
    at += 120_000;
    expect((await scene.answers.planNow({ by: 'ada' })).state).toBe('in-force');
  });

  test('is decided about after a new start as before', async () => {
    const after = await openScene(leadership);
    const rejected = await after.answers.reject({ planId: 'latest', by: 'bob', reason: 'too dear' });
    expect(rejected).toMatchObject({ state: 'rejected', decided: { by: 'bob', reason: 'too dear' } });
    expect(await refusal(after.answers.approve({ planId: 'latest', by: 'ada' }))).toBe('plan-decided');
    await after.cycle.follow();
    expect(followed.at(-1)).not.toBe(rejected.planId);
  });
});

test('what operators say outlives the process: a freeze, floors and guardrails', async () => {
  await scene.control.freeze({ by: 'ada', reason: 'a fire' });
  await scene.control.setFloor({ by: 'ada', demandKey: KEY, containers: 4 });
  const after = await openScene(leadership);
  expect(after.control.get()).toMatchObject({
    mode: 'frozen',
    frozen: { by: 'ada', reason: 'a fire' },
    floors: [{ demandKey: KEY, containers: 4 }],
  });
  const stored = await after.cycle.plan('cycle');
  const problem = await after.plans.problemOf(stored!.planId);
  expect(problem).toMatchObject({
    policy: { guardrails: { mode: 'frozen' } },
    groups: [{ floorContainers: 4 }],
  });
  expect(problem!.offers).toEqual([offer]);
});

test('a commitment reaches the plans that are made from then on, and outlives the process', async () => {
  const commitment: CommittedTo = {
    ...{ commitmentId: 'c-1', vendor: offer.vendor, instanceType: 'box', nodes: 2 },
    kind: 'nodes',
    ...{ priceMicroUsdPerNodeHour: 600_000, endsAt: START + 86_400_000 },
  };
  scene.demand.fold(lacking(1, 9));
  const said = await scene.commitments.recordOne({ commitment, by: 'ada' });
  expect(said.commitments).toMatchObject([{ commitmentId: 'c-1', startsAt: START, state: 'in-force' }]);
  expect(await scene.commitments.recordOne({ commitment, by: 'bob' })).toEqual(said);
  const stored = await scene.cycle.plan('cycle');
  const after = await openScene(leadership);
  expect((await after.plans.problemOf(stored!.planId))!.commitments).toMatchObject([
    { commitmentId: 'c-1', kind: 'nodes', offerIds: [offer.offerId], priceMicroUsdPerHour: 1_200_000 },
  ]);
  expect(await refusal(after.commitments.remove({ commitmentId: 'c-2', by: 'ada' }))).toBe(
    'no-such-commitment',
  );
  expect((await after.commitments.remove({ commitmentId: 'c-1', by: 'ada' })).commitments).toEqual([]);
});

test('the terms of the catalogue that a plan was made from are kept, shown by offer, and set beside its horizon', async () => {
  const of = { vendor: offer.vendor, region: offer.region, instanceType: offer.instanceType, months: 12 };
  const term: TermPrice = {
    ...{ ...of, priceMicroUsdPerNodeHour: 600_000, pricedAt: START, source: 'spec' },
    basis: 'published',
  };
  sold = () => ({ ...catalogue, version: 'with-terms', terms: [term] });
  scene.demand.fold(lacking(1, 9));
  await scene.cycle.plan('cycle');
  const { offers } = await scene.market.listOffers({ filter: {}, limit: 1 });
  expect(offers[0]!.terms).toEqual([{ months: 12, priceMicroUsdPerNodeHour: 600_000, basis: 'published' }]);
  expect(await scene.terms.of({ planId: 'latest' })).toMatchObject({
    horizonMs: 900_000,
    terms: [{ ...of, nodes: 2, savesMicroUsd: 200_000 }],
  });
});
