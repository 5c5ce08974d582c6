import type { OfferExplanation } from '@slipway/contracts';
import { accepted } from '@slipway/kernel';
import fc from 'fast-check';
import type { Offer } from '../catalogue/offer.js';
import { checkPlan } from '../checker/check-plan.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { Solver } from '../ports.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { randomProblem } from '../testing/random-problem.js';
import { whyOffer } from './why-offer.js';

/** A solver that is away: a rule of thumb plans, which is enough to ask why. */
const away: Solver = { solve: () => Promise.resolve({ status: 'failed', because: 'away', solveMs: 0 }) };
const MINUTE_MS = 60_000;

const problemOf = (
  offers: readonly Offer[],
  groups: readonly DemandGroup[],
  other: Partial<PlanningProblem> = {},
): PlanningProblem => ({
  ...{ at: MINUTE_MS, offers, quotas: [], commitments: [], groups },
  forecast: {
    madeAt: MINUTE_MS,
    groups: groups.map(({ groupId }) => ({
      groupId,
      periods: [{ expectedContainers: 4, quantiles: [] }],
    })),
    pooledErrors: [],
  },
  fleet: { seenAt: MINUTE_MS, holdings: [], running: [] },
  ...other,
  policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS] }, ...other.policy },
});
const ask = async (problem: PlanningProblem, offerId: string): Promise<OfferExplanation> =>
  accepted(whyOffer(problem, await makePlan(problem, { solver: away }), offerId));

const cheap = plainOffer('cheap', 4, 4);
const dear = plainOffer('dear', 4, 9);
const h200 = plainOffer('h200', 4, 20, {
  shape: { ...plainOffer('h200', 4, 1).shape, gpuType: 'H200' },
});
const anyGroup = plainGroup('any', 1);
const either = plainGroup('either', 1, { gpuTypes: ['H100', 'H200'] });

describe('an offer that is not bought', () => {
  test('is dearer than what serves the same groups, and turns at the price of that', async () => {
    const why = await ask(problemOf([cheap, dear], [anyGroup]), 'dear');
    expect(why).toMatchObject({ verdict: 'not-bought', turnsAtMicroUsdPerNodeHour: 4_000_000 });
    expect(why.because).toContain('dearer than the dearest that is bought of its kind, cheap');
  });

  test('of another kind is compared by the groups that could use it: what they cost here and where they stand', async () => {
    const pinned = plainGroup('pinned', 1, {
      gpuTypes: ['H200'],
      pins: { vendors: ['x'], regions: [], geos: [] },
    });
    const why = await ask(problemOf([cheap, h200], [anyGroup, either, pinned]), 'h200');
    expect(why.groups).toEqual([
      {
        ...{ demandKey: 'either', wanted: 4, short: 0, microUsdPerContainerHour: 5_000_000 },
        standsOn: [{ offerId: 'cheap', containers: 4, microUsdPerContainerHour: 1_000_000 }],
      },
      {
        ...{ demandKey: 'pinned', wanted: 4, short: 4, standsOn: [] },
        because: 'it is pinned to the vendors x',
      },
    ]);
    expect(why.because).toContain('$5.000 a container and hour here, $1.000 on cheap');
    expect(why.turnsAtMicroUsdPerNodeHour).toBe(4_000_000);
  });

  test('says how many of it an operator wants at most; what is wanted at least speaks for another', async () => {
    const pins = [
      { filter: { offerId: 'cheap' }, most: 0 },
      { filter: { offerId: 'dear' }, least: 2 },
      { filter: { vendor: 'vendor' }, most: 0, until: 0 },
    ];
    const pinned = problemOf([cheap, dear], [anyGroup], { policy: { ...defaultPolicy, pins } });
    const why = await ask(pinned, 'cheap');
    expect(why).toMatchObject({
      verdict: 'not-bought',
      because: 'an operator wants at most 0 of offer=cheap',
    });
    expect(why.obstacles.map(({ rule }) => rule)).toContain('pin');
    const other = await ask(pinned, 'dear');
    expect(other.nodes).toBe(2);
    expect(other.because).toMatch(/; an operator wants at least 2 of offer=dear$/);
  });

  test('says which commitment pays for it', async () => {
    const commitments = [
      {
        ...{ kind: 'nodes' as const, commitmentId: 'ri-1', offerIds: [dear.offerId], nodes: 3 },
        ...{ priceMicroUsdPerHour: 1, startsAt: 0, endsAt: 24 * 60 * MINUTE_MS },
      },
    ];
    const why = await ask(problemOf([cheap, dear], [anyGroup], { commitments }), 'dear');
    expect(why.nodes).toBe(1);
    expect(why.because).toContain('commitment ri-1 pays for 3 nodes of it and its like');
    const guardrails = { ...defaultPolicy.guardrails, maxSpendMicroUsdPerHour: 1_000_000 };
    const policy = { ...defaultPolicy, guardrails };
    const ruled = async (offerId: string) =>
      (await ask(problemOf([cheap, dear], [anyGroup], { commitments, policy }), offerId)).obstacles.map(
        ({ rule }) => rule,
      );
    expect(await ruled('dear')).not.toContain('spend');
    expect(await ruled('cheap')).toContain('spend');
  });

  test('says that an operator has excluded it', async () => {
    const policy = { ...defaultPolicy, excluded: [{ offerId: 'cheap' }] };
    const why = await ask(problemOf([cheap, dear], [anyGroup], { policy }), 'cheap');
    expect(why.because).toBe('an operator has excluded offer=cheap');
    expect(why.obstacles.map(({ rule }) => rule)).not.toContain('availability');
  });

  test('says that its vendor is away, and since when', async () => {
    const fleet = { seenAt: 9 * MINUTE_MS, vendorsSeenAt: { vendor: 4 * MINUTE_MS, other: 9 * MINUTE_MS } };
    const elsewhere = plainOffer('elsewhere', 4, 9, { vendor: 'other' });
    const problem = problemOf([cheap, elsewhere], [anyGroup], {
      ...{ at: 9 * MINUTE_MS, fleet: { ...fleet, holdings: [], running: [] } },
    });
    const forecast = { ...problem.forecast, madeAt: 9 * MINUTE_MS };
    const why = await ask({ ...problem, forecast }, 'cheap');
    expect(why.because).toBe(
      'vendor has not said for 5 minutes which hosts it has: nothing is started there',
    );
  });

  test('says that none can be had, or which quota is used up', async () => {
    const none = { ...cheap, behaviour: { ...cheap.behaviour, availableNodes: 0 } };
    expect((await ask(problemOf([none, dear], [anyGroup]), 'cheap')).because).toBe('none can be had');
    const other = { ...cheap, vendor: 'other' };
    const quotas = [{ quotaId: 'other', scope: { vendor: 'other' }, limit: 0 }];
    const why = await ask(problemOf([other, dear], [anyGroup], { quotas }), 'cheap');
    expect(why.obstacles).toContainEqual({ rule: 'quota', because: 'quota other of 0' });
    expect(why.because).toContain('against it stands: quota other of 0');
  });
});

test('an offer that no group may stand on names the groups and their reasons, or that its GPU is not wanted', async () => {
  const spot = { ...cheap, offerId: 'spot', purchase: 'spot' as const };
  const firm = plainGroup('firm', 1, { spot: 'refused' });
  const why = await ask(problemOf([spot, dear], [firm]), 'spot');
  expect(why).toMatchObject({
    verdict: 'of-no-use',
    groups: [{ demandKey: 'firm', because: 'it is not to be taken back' }],
  });
  expect((await ask(problemOf([h200, dear], [anyGroup]), 'h200')).because).toBe(
    'no group that wants containers accepts its GPU, H200',
  );
});

test('every offer of a sound plan can be asked about, and the prices at which choices turn are on the right side', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), async (seed) => {
      const problem = randomProblem(seed, {
        ...{ vendors: 3, offers: 24, groups: 5, gpus: 60 },
        periodsMs: [15 * MINUTE_MS, 60 * MINUTE_MS],
      });
      const plan = await makePlan(problem, { solver: away });
      expect(checkPlan(problem, plan)).toEqual([]);
      for (const { offerId } of problem.offers) {
        const why = accepted<OfferExplanation>(whyOffer(problem, plan, offerId));
        expect(why.because).not.toBe('');
        if (why.verdict === 'bought' && why.turnsAtMicroUsdPerNodeHour !== undefined)
          expect(why.turnsAtMicroUsdPerNodeHour).toBeGreaterThanOrEqual(why.listMicroUsdPerNodeHour - 1);
        for (const { because, microUsdPerContainerHour } of why.groups)
          expect(because === undefined).toBe(microUsdPerContainerHour !== undefined);
      }
    }),
    { numRuns: Number(process.env['SEEDS'] ?? 20) },
  );
});
