import type { Plan, PlanningProblem, TermPrice } from '@slipway/capacity-planner-core';
import { KEY, planningSite, refusal, START } from './planning-site.testing.js';
import { catalogue, offer, ruleOfThree } from './rule-of-three.testing.js';

const site = planningSite();

test('where nothing is wanted nothing is planned', async () => {
  expect(await site.scene.cycle.plan('cycle')).toBeUndefined();
  expect(await refusal(site.scene.answers.planNow({ by: 'ada' }))).toBe('nothing-to-plan');
  expect(await refusal(site.scene.answers.get({ planId: 'latest' }))).toBe('plan-not-found');
});

test('what finds no room is planned for, kept with its inputs, and told to who follows', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  const stored = await site.scene.cycle.plan('demand');
  expect(site.followed).toEqual([stored!.planId]);
  const detail = await site.scene.answers.get({ planId: 'in-force' });
  expect(detail).toMatchObject({ planId: stored!.planId, state: 'in-force', starts: 2, trigger: 'demand' });
  // Lists, facts and the log tell its figures; the plan itself is in its store.
  expect((await site.scene.answers.list({ limit: 1 })).plans[0]).not.toHaveProperty('plan');
  const diff = await site.scene.answers.diff({ planId: 'latest' });
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
  expect((await site.scene.answers.replay({ planId: 'latest' })).identical).toBe(true);
  const changed = await site.scene.questions.whatIf({ demand: [{ factor: 2 }] });
  expect([changed.base.nodes, changed.changed.nodes]).toEqual([2, 3]);
  expect(await refusal(site.scene.questions.whatIf({ without: [{ vendor: 'aws' }] }))).toBe('no-such-offer');
  const why = await site.scene.questions.explainOffer({ planId: 'latest', offerId: offer.offerId });
  expect(why).toMatchObject({ verdict: 'bought', serves: [{ demandKey: KEY, containers: 9 }] });
  expect(why.doubted).toBeUndefined();
  const doubt = { formerMicroUsdPerNodeHour: 1, saidMicroUsdPerNodeHour: 9, timesSaid: 1 };
  site.sold = () => ({
    ...catalogue,
    doubted: [{ ...doubt, offerId: offer.offerId, seenAt: site.at, since: site.at }],
  });
  const doubted = await site.scene.questions.explainOffer({ planId: 'latest', offerId: offer.offerId });
  expect(doubted.doubted).toEqual(doubt);
  const { gpus, choices } = await site.scene.questions.explain({ planId: 'latest' });
  expect(gpus.map(({ gpuType }) => gpuType)).toEqual(['CPU', 'CPU', 'CPU', 'CPU']);
  expect(choices.map(({ offerId }) => offerId)).toEqual([offer.offerId]);
  const nobody = site.scene.questions.explainOffer({ planId: 'latest', offerId: 'nobody' });
  expect(await refusal(nobody)).toBe('no-such-offer');
  const { groups } = await site.scene.market.getDemand();
  expect(groups).toMatchObject([{ demandKey: KEY, wanted: { bought: 0, own: 0, lacking: 9 } }]);
});

test('a what-if is compared with the plan for what is expected, not with one that was rehearsed', async () => {
  const lookAhead = {
    futures: 24,
    lengthMs: 5_400_000,
    expectedMicroUsd: 1,
    asExpectedMicroUsd: 2,
    changes: [],
  };
  site.makePlan = (problem) => {
    const plan = ruleOfThree(problem);
    if (problem.forecast.futures === undefined) return Promise.resolve(plan);
    const rehearsed = { ...plan.offers[0]!, nodes: [7], starts: [7] };
    return Promise.resolve({ ...plan, offers: [rehearsed], solution: { ...plan.solution, lookAhead } });
  };
  site.scene.demand.fold(site.lacking(1, 9));
  await site.scene.cycle.plan('demand');
  expect(await site.scene.answers.get({ planId: 'latest' })).toMatchObject({ starts: 7, lookAhead });
  const { base, changed } = await site.scene.questions.whatIf({ demand: [{ factor: 2 }] });
  expect([base.nodes, changed.nodes]).toEqual([2, 3]);
});

test('where somebody would get nothing, what was refused a while ago is asked for again', async () => {
  const none = { ...catalogue, version: 'refused', offers: [] };
  site.sold = (refusals) => (refusals === 'doubted' ? catalogue : none);
  const problems: PlanningProblem[] = [];
  site.makePlan = (problem) => {
    problems.push(problem);
    const plan = ruleOfThree({ ...problem, offers: catalogue.offers });
    const short = [{ groupId: KEY, short: [1] }] as unknown as Plan['service'];
    return Promise.resolve({ ...plan, service: problem.offers.length === 0 ? short : [] });
  };
  site.scene.demand.fold(site.lacking(1, 9));
  const stored = await site.scene.cycle.plan('demand');
  expect(problems.map(({ offers }) => offers.length)).toEqual([0, 1]);
  expect(stored?.catalogueVersion).toBe(catalogue.version);
});

test('facts that come twice, before and after a new start, count once', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  expect(site.scene.demand.fold(site.lacking(1, 9))).toBeUndefined();
  site.at += 600_000;
  await site.scene.demand.save();
  const after = await site.restart();
  expect(after.demand.levels()).toEqual(new Map([[KEY, 9]]));
  expect(after.demand.fold(site.lacking(1, 9))).toBeUndefined();
  expect((await after.demand.steps(START)).map(({ containers }) => containers[KEY])).toEqual([9, 9]);
});

test('a plan that goes wrong leaves the last good one in force, and says why, once', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  const good = await site.scene.cycle.plan('demand');
  site.makePlan = () => Promise.reject(new Error('the plan is not sound: 3 nodes of 2'));
  for (let time = 0; time < 3; time += 1)
    await expect(site.scene.cycle.plan('cycle')).rejects.toThrow('not sound');
  expect(site.scene.control.get()).toMatchObject({
    inForcePlanId: good!.planId,
    failing: { because: 'the plan is not sound: 3 nodes of 2' },
  });
  const { rows } = await site.pool.query({
    text: `select 1 from capacity_planner.events where type = 'planning-failed'`,
  });
  expect(rows).toHaveLength(1);
  await site.scene.cycle.follow();
  expect(site.followed).toEqual([good!.planId, good!.planId]);
});

test('a clock that was set back a little makes no plan older than the last', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  const first = await site.scene.cycle.plan('cycle');
  site.at -= 30_000;
  const second = await site.scene.cycle.plan('cycle');
  expect(second!.madeAt).toBe(first!.madeAt + 1);
});

test('a clock that jumps ahead and comes back does not keep the planner in the future', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  await site.scene.demand.save();
  site.at += 86_400_000;
  const ahead = await site.scene.cycle.plan('cycle');
  site.at = START + 60_000;
  const after = await site.restart();
  const back = await after.cycle.plan('cycle');
  expect([ahead!.madeAt, back!.madeAt]).toEqual([START + 86_400_000, site.at]);
  expect(await after.answers.get({ planId: 'latest' })).toMatchObject({ planId: back!.planId });
  expect(after.control.get()).toMatchObject({ inForcePlanId: back!.planId });
});

test('the terms of the catalogue that a plan was made from are kept, shown by offer, and set beside its horizon', async () => {
  const of = { vendor: offer.vendor, region: offer.region, instanceType: offer.instanceType, months: 12 };
  const term: TermPrice = {
    ...{ ...of, priceMicroUsdPerNodeHour: 600_000, pricedAt: START, source: 'spec' },
    basis: 'published',
  };
  site.sold = () => ({ ...catalogue, version: 'with-terms', terms: [term] });
  site.scene.demand.fold(site.lacking(1, 9));
  await site.scene.cycle.plan('cycle');
  const { offers } = await site.scene.market.listOffers({ filter: {}, limit: 1 });
  expect(offers[0]!.terms).toEqual([{ months: 12, priceMicroUsdPerNodeHour: 600_000, basis: 'published' }]);
  expect(await site.scene.terms.of({ planId: 'latest' })).toMatchObject({
    horizonMs: 900_000,
    terms: [{ ...of, nodes: 2, savesMicroUsd: 200_000 }],
  });
});

test('a plan that is damaged keeps no planner from starting: who asks is told, and the next one takes its place', async () => {
  site.scene.demand.fold(site.lacking(1, 9));
  const damaged = await site.scene.cycle.plan('demand');
  await site.pool.query({ text: `update capacity_planner.plans set problem = 'no gzip'` });
  const after = await site.restart();
  expect(await refusal(after.questions.explain({ planId: damaged!.planId }))).toBe('plan-damaged');
  await after.cycle.follow();
  after.demand.fold(site.lacking(2, 9));
  site.at += 60_000;
  const next = await after.cycle.plan('cycle');
  expect(site.followed.at(-1)).toBe(next!.planId);
});
