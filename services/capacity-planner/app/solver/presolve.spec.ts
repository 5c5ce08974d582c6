import {
  buildProgram,
  defaultPolicy,
  makePlan,
  prepare,
  type Guardrails,
  type Offer,
  type PlanningProblem,
  type PrepareOptions,
  type Solver,
} from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const SEEDS = Number(process.env['SEEDS'] ?? 150);
const MINUTE_MS = 60_000;

const guardrailsOf = (seed: number): Guardrails => ({
  ...defaultPolicy.guardrails,
  ...(seed % 5 === 1 && { maxSpendMicroUsdPerHour: 20_000_000 }),
  ...(seed % 7 === 2 && { maxStartsPerCycle: 1, maxStopsPerCycle: 1 }),
  ...(seed % 11 === 3 && { maxVendorShare: 0.5, minNonSpotShare: 0.4, maxChangesPerVendorAndCycle: 1 }),
});

/** Most offers have no cap, and zones of one region sell the same at prices of their own, some of them riskier or bound longer. */
const problemOf = (seed: number): PlanningProblem => {
  const problem = randomProblem(
    seed,
    {
      vendors: 1 + (seed % 2),
      offers: 5 + (seed % 7),
      groups: 1 + (seed % 4),
      periodsMs: [15, 30, 60].slice(0, 1 + (seed % 3)).map((minutes) => minutes * MINUTE_MS),
      gpus: 6 + (seed % 12),
    },
    {
      guardrails: guardrailsOf(seed),
      solve: { ...defaultPolicy.solve, allIntegerBelowGpus: seed % 3 === 0 ? 0 : 200 },
    },
  );
  return { ...problem, offers: problem.offers.flatMap((offer, index) => zonesOf(offer, seed + index)) };
};

const zonesOf = (offer: Offer, chance: number): Offer[] => {
  const { availableNodes: _, ...behaviour } = offer.behaviour;
  const endless = chance % 3 === 0 ? { availableNodes: 1 } : {};
  const here: Offer = { ...offer, behaviour: { ...behaviour, ...endless } };
  if (chance % 2 === 0) return [here];
  const factor = 0.8 + (chance % 5) / 10;
  const there: Offer = {
    ...offer,
    offerId: `${offer.offerId}-there` as Offer['offerId'],
    zone: `${offer.zone}-there`,
    billing: {
      ...offer.billing,
      priceMicroUsdPerNodeHour: Math.round(offer.billing.priceMicroUsdPerNodeHour * factor),
      minimumSeconds: chance % 7 === 0 ? 7_200 : offer.billing.minimumSeconds,
    },
    behaviour: { ...behaviour, performance: chance % 4 === 0 ? 0.9 : behaviour.performance },
  };
  return [here, there];
};

const optimum = async (
  problem: PlanningProblem,
  presolve: PrepareOptions['presolve'],
  solver: Solver,
): Promise<Readonly<{ cost: number; units: number }>> => {
  const prepared = prepare(problem, { presolve });
  const { program } = buildProgram(prepared, { periods: prepared.periods.length, flows: 'integer' });
  const result = await solver.solve({ program, timeLimitMs: 60_000, relativeGap: 0, duals: 'none' });
  return { cost: result.status === 'optimal' ? result.objective : NaN, units: prepared.units.length };
};

test(`what the presolve leaves out changes the optimum of none of ${SEEDS} random problems`, async () => {
  const solver = await inProcessSolver();
  const differing: Record<number, readonly number[]> = {};
  let dropped = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const problem = problemOf(seed);
    const [mine, merged, every] = [
      await optimum(problem, 'on', solver),
      await optimum(problem, 'merge-only', solver),
      await optimum(problem, 'off', solver),
    ];
    dropped += merged.units - mine.units;
    const near = (other: number): boolean => Math.abs(mine.cost - other) <= 1e-6 * Math.abs(other) + 1e-6;
    if (!near(merged.cost) || !near(every.cost)) differing[seed] = [mine.cost, merged.cost, every.cost];
  }
  expect(differing).toEqual({});
  // The check is worth something: offers were left out.
  expect(dropped).toBeGreaterThan(SEEDS / 3);
}, 3_600_000);

describe('of two zones of one region', () => {
  const [problem, offer] = (() => {
    const found = randomProblem(2, {
      vendors: 1,
      offers: 1,
      groups: 4,
      periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS],
      gpus: 8,
    });
    const [first] = found.offers;
    return [{ ...found, quotas: [], commitments: [], fleet: { ...found.fleet, holdings: [] } }, first!];
  })();
  const without = ({ availableNodes: _, ...behaviour }: Offer['behaviour']): Offer['behaviour'] => behaviour;
  const cheap: Offer = { ...offer, behaviour: without(offer.behaviour) };
  const dear: Offer = {
    ...cheap,
    offerId: `${offer.offerId}-dear` as Offer['offerId'],
    billing: {
      ...offer.billing,
      priceMicroUsdPerNodeHour: offer.billing.priceMicroUsdPerNodeHour + 10_000,
    },
  };
  const dearest: Offer = {
    ...dear,
    offerId: `${offer.offerId}-dearest` as Offer['offerId'],
    billing: { ...dear.billing, priceMicroUsdPerNodeHour: dear.billing.priceMicroUsdPerNodeHour + 10_000 },
  };
  const group = {
    ...problem.groups[0]!,
    gpuTypes: [offer.shape.gpuType],
    gpusPerContainer: 1,
    vcpusPerContainer: 1,
    memoryMiBPerContainer: 1024,
    pins: { vendors: [], regions: [], geos: [] },
    spot: 'tolerated' as const,
    floorContainers: 1,
  };
  const unitsOf = (offers: readonly Offer[], changes: Partial<PlanningProblem> = {}): readonly string[] =>
    prepare({ ...problem, groups: [group], offers, ...changes }).units.map(({ offer: of }) => of.offerId);

  test('the dearer one is left out where the other cannot run out', () => {
    expect(unitsOf([cheap, dear, dearest])).toEqual([cheap.offerId, dearest.offerId]);
  });

  test.each<[string, readonly Offer[], Partial<PlanningProblem>]>([
    [
      'the other may run out',
      [{ ...cheap, behaviour: { ...cheap.behaviour, availableNodes: 2 } }, dear, dearest],
      {},
    ],
    [
      'the other is bound longer',
      [{ ...cheap, billing: { ...cheap.billing, minimumSeconds: 86_400 } }, dear, dearest],
      {},
    ],
    ['the other is elsewhere', [{ ...cheap, region: 'another' }, dear, dearest], {}],
    [
      'it is held',
      [cheap, dear, dearest],
      {
        fleet: {
          seenAt: problem.at,
          holdings: [{ offerId: dear.offerId, nodes: 1, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
          running: [],
        },
      },
    ],
    [
      'a commitment covers it',
      [cheap, dear, dearest],
      {
        commitments: [
          {
            commitmentId: 'owned',
            kind: 'nodes',
            offerIds: [dear.offerId],
            nodes: 1,
            priceMicroUsdPerHour: 1,
            startsAt: 0,
            endsAt: problem.at * 2,
          },
        ],
      },
    ],
  ])('the dearer one stays where %s', (_, offers, changes) => {
    expect(unitsOf(offers, changes)).toContain(dear.offerId);
  });

  test('a quota that ends before the cap does says that the other cannot run out', () => {
    const capped = { ...cheap, behaviour: { ...cheap.behaviour, availableNodes: 4 } };
    const quota = { quotaId: 'q', scope: { vendor: offer.vendor }, limit: 4 * offer.shape.gpuCount };
    expect(unitsOf([capped, dear, dearest], { quotas: [quota] })).toEqual([cheap.offerId, dearest.offerId]);
    expect(unitsOf([capped, dear, dearest], { quotas: [{ ...quota, limit: quota.limit + 1 }] })).toContain(
      dear.offerId,
    );
  });

  test('a plan says nothing of the one that was left out', async () => {
    const solver = await inProcessSolver();
    const plan = await makePlan({ ...problem, groups: [group], offers: [cheap, dear, dearest] }, { solver });
    expect(plan.offers.map(({ offerId }) => offerId)).toEqual([cheap.offerId]);
  });
});
