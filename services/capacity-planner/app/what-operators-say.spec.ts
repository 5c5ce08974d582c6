import { setTimeout } from 'node:timers/promises';
import type { CommittedTo } from '@slipway/contracts';
import { KEY, planningSite, refusal, START } from './planning-site.testing.js';
import { PacedPlans } from './processes/plan-capacity/paced-plans.js';
import { offer, ruleOfThree } from './rule-of-three.testing.js';

const site = planningSite();

test('where nothing is wanted, nodes that an operator wants are planned for, until the pin is over', async () => {
  const pin = { filter: { offerId: offer.offerId }, least: 1, until: site.at + 60_000 };
  await site.scene.control.pin({ ...pin, by: 'ada', reason: 'a launch' });
  const planned = await site.scene.cycle.plan('control');
  expect((await site.scene.plans.problemOf(planned!.planId))!.policy.pins).toEqual([pin]);
  site.at += 60_000;
  expect(await site.scene.cycle.plan('cycle')).toBeUndefined();
});

test('a plan in force that asks for pinned nodes is site.followed by one without them, though none was had and nothing is wanted', async () => {
  const pin = { filter: { offerId: offer.offerId }, least: 1, until: site.at + 60_000 };
  await site.scene.control.pin({ ...pin, by: 'ada', reason: 'a launch' });
  site.makePlan = (problem) => {
    const plan = ruleOfThree(problem);
    const nodes = [problem.policy.pins?.[0]?.least ?? 0];
    return Promise.resolve({ ...plan, offers: [{ ...plan.offers[0]!, nodes, starts: nodes }] });
  };
  const pinned = await site.scene.cycle.plan('control');
  site.at += 60_000;
  const after = await site.scene.cycle.plan('pin-ended');
  expect([pinned, after].map((stored) => stored?.plan.offers[0]!.nodes)).toEqual([[1], [0]]);
  expect(site.followed.at(-1)).toBe(after!.planId);
  expect(await site.scene.cycle.plan('cycle')).toBeUndefined();
});

const pinOne = () =>
  site.scene.control.pin({ filter: { offerId: offer.offerId }, least: 1, by: 'ada', reason: 'a launch' });

/** Something is wanted, and each plan is made once it is let go. Of each that was begun: how many nodes it was told to hold at least. */
const slowPlans = () => {
  site.scene.demand.fold(site.lacking(1, 9));
  const making = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const pins: (number | undefined)[] = [];
  site.makePlan = async (problem) => {
    pins.push(problem.policy.pins?.[0]?.least);
    making.resolve();
    await going.promise;
    return ruleOfThree(problem);
  };
  return { pins, making: making.promise, letGo: going.resolve, fail: going.reject };
};

test('what is pinned while a plan is being made is in another one after it', async () => {
  const { pins, making, letGo } = slowPlans();
  const plans = new PacedPlans(site.scene.cycle, 0);
  const running = plans.now('cycle');
  await making;
  await pinOne();
  plans.soon('control');
  await setTimeout(5);
  letGo();
  await running;
  while (pins.length < 2) await setTimeout(1);
  await site.scene.cycle.settled();
  expect(pins).toEqual([undefined, 1]);
  expect(site.scene.cycle.settled()).toBeUndefined();
  expect(await site.scene.answers.get({ planId: 'latest' })).toMatchObject({ trigger: 'control' });
});

test('who asks for a plan while one is being made gets the one after it, and all who do get the same one', async () => {
  const { pins, making, letGo } = slowPlans();
  const running = site.scene.cycle.plan('cycle');
  await making;
  await pinOne();
  const asked = ['ada', 'bob'].map((by) => site.scene.answers.planNow({ by }));
  letGo();
  const [before, ...after] = [await running, ...(await Promise.all(asked))];
  expect(pins).toEqual([undefined, 1]);
  expect(before!.trigger).toBe('cycle');
  expect(after.map(({ trigger }) => trigger)).toEqual(['asked for by ada', 'asked for by ada']);
  expect(new Set(after.map(({ planId }) => planId)).size).toBe(1);
});

test('a plan that was being made and goes wrong takes nothing from who asks for one', async () => {
  const { making, fail } = slowPlans();
  const running = site.scene.cycle.plan('cycle');
  await making;
  site.makePlan = (problem) => Promise.resolve(ruleOfThree(problem));
  const asked = site.scene.answers.planNow({ by: 'ada' });
  fail(new Error('not sound'));
  await expect(running).rejects.toThrow('not sound');
  expect(await asked).toMatchObject({ trigger: 'asked for by ada', state: 'in-force' });
});

test('what operators say outlives the process: a freeze, floors and guardrails', async () => {
  await site.scene.control.freeze({ by: 'ada', reason: 'a fire' });
  await site.scene.control.setFloor({ by: 'ada', demandKey: KEY, containers: 4 });
  const after = await site.restart();
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
  site.scene.demand.fold(site.lacking(1, 9));
  const said = await site.scene.commitments.recordOne({ commitment, by: 'ada' });
  expect(said.commitments).toMatchObject([{ commitmentId: 'c-1', startsAt: START, state: 'in-force' }]);
  expect(await site.scene.commitments.recordOne({ commitment, by: 'bob' })).toEqual(said);
  const stored = await site.scene.cycle.plan('cycle');
  const after = await site.restart();
  expect((await after.plans.problemOf(stored!.planId))!.commitments).toMatchObject([
    { commitmentId: 'c-1', kind: 'nodes', offerIds: [offer.offerId], priceMicroUsdPerHour: 1_200_000 },
  ]);
  expect(await refusal(after.commitments.remove({ commitmentId: 'c-2', by: 'ada' }))).toBe(
    'no-such-commitment',
  );
  expect((await after.commitments.remove({ commitmentId: 'c-1', by: 'ada' })).commitments).toEqual([]);
});
