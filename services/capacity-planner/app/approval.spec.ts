import { planningSite, refusal } from './planning-site.testing.js';
import { offer } from './rule-of-three.testing.js';

const site = planningSite();

describe('a plan that spends more than may be added without a person', () => {
  beforeEach(async () => {
    await site.scene.control.setGuardrails({
      by: 'ada',
      guardrails: { approvalAboveMicroUsdPerHour: 3_000_000 },
    });
    site.scene.demand.fold(site.lacking(1, 9));
    await site.scene.cycle.plan('demand');
    site.scene.demand.fold(site.lacking(2, 90));
    site.at += 60_000;
    await site.scene.cycle.plan('demand');
  });

  test('waits, while the one before is site.followed; approved, it is site.followed', async () => {
    const [newest, before] = (await site.scene.answers.list({ limit: 10 })).plans;
    expect([newest!.state, before!.state]).toEqual(['waiting', 'in-force']);
    expect(new Set(site.followed)).toEqual(new Set([before!.planId]));
    expect((await site.scene.answers.approve({ planId: newest!.planId, by: 'ada' })).state).toBe('in-force');
    expect(site.followed.at(-1)).toBe(newest!.planId);
  });

  test('is approved without a change, which the next plans are kept from too', async () => {
    const [newest, before] = (await site.scene.answers.list({ limit: 10 })).plans;
    const { planId } = newest!;
    expect(await refusal(site.scene.answers.approve({ planId, by: 'ada', without: ['none'] }))).toBe(
      'no-such-change',
    );
    const without = [offer.offerId];
    // One that was asked for before has joined since the plan was made.
    const joined = { startingNodes: 0, drainingNodes: 0, paidUntil: [] };
    site.fleet = { ...site.fleet, holdings: [{ offerId: offer.offerId, nodes: 1, ...joined }] };
    const approved = await site.scene.answers.approve({ planId, by: 'ada', without });
    expect(approved).toMatchObject({ state: 'in-force', decided: { by: 'ada', without } });
    expect(before!.state).toBe('in-force');
    const [pinned] = site.scene.control.get().pins;
    expect(pinned).toMatchObject({ filter: { offerId: offer.offerId }, most: 1, until: site.at + 3_600_000 });
    site.at += 60_000;
    const next = await site.scene.cycle.plan('cycle');
    expect((await site.scene.plans.problemOf(next!.planId))!.policy.pins).toHaveLength(1);
    expect((await site.scene.answers.list({ limit: 1 })).plans[0]!.state).toBe('waiting');
    site.at += 3_600_000;
    expect(site.scene.control.get().pins).toEqual([]);
  });

  test('is told beside the one in force, and can be approved after newer ones were made', async () => {
    const read = await site.scene.answers.get({ planId: 'latest' });
    expect(site.besides.at(-1)).toBe(read.planId);
    site.at += 120_000;
    const newer = await site.scene.cycle.plan('cycle');
    expect(site.scene.state.waitingSince).toBe(read.madeAt);
    expect(site.besides.at(-1)).toBe(newer!.planId);
    expect((await site.scene.answers.approve({ planId: read.planId, by: 'ada' })).state).toBe('in-force');
    expect([site.followed.at(-1), site.besides.at(-1)]).toEqual([read.planId, undefined]);
    site.at += 120_000;
    expect((await site.scene.answers.planNow({ by: 'ada' })).state).toBe('in-force');
  });

  test('is decided about after a new start as before', async () => {
    const after = await site.restart();
    const rejected = await after.answers.reject({ planId: 'latest', by: 'bob', reason: 'too dear' });
    expect(rejected).toMatchObject({ state: 'rejected', decided: { by: 'bob', reason: 'too dear' } });
    expect(await refusal(after.answers.approve({ planId: 'latest', by: 'ada' }))).toBe('plan-decided');
    await after.cycle.follow();
    expect(site.followed.at(-1)).not.toBe(rejected.planId);
  });
});

test('a limit that is set while a plan is being made binds it', async () => {
  const make = site.makePlan;
  site.makePlan = async (problem) => {
    const guardrails = { approvalAboveMicroUsdPerHour: 1 };
    await site.scene.control.setGuardrails({ by: 'ada', guardrails });
    return make(problem);
  };
  site.scene.demand.fold(site.lacking(1, 9));
  await site.scene.cycle.plan('demand');
  expect((await site.scene.answers.list({ limit: 1 })).plans[0]!.state).toBe('waiting');
});
