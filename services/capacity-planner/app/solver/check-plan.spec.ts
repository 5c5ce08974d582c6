import {
  checkPlan,
  defaultPolicy,
  makePlan,
  type Plan,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const SEEDS = 16;
const MINUTE_MS = 60_000;
const SMALL = { ...defaultPolicy.solve, allIntegerBelowGpus: 200 };
const LARGE = { ...defaultPolicy.solve, allIntegerBelowGpus: 0 };

/** The plan with something else in one entry of a list. */
const withEntry = <List extends 'service' | 'buffers' | 'cells'>(
  plan: Plan,
  list: List,
  at: number,
  change: Partial<Plan[List][number]>,
): Plan => ({
  ...plan,
  [list]: plan[list].map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

/** So much more in one period. */
const more = (counts: readonly number[], period: number, by: number): number[] =>
  counts.map((count, at) => (at === period ? Math.round((count + by) * 1000) / 1000 : count));

const job = plainGroup('job', 1, { waitClass: 'background' });
const one = plainOffer('one', 1, 2);

type Jobs = Readonly<{ wanted: readonly number[]; nodes: number; startingNodes: number }>;

/** Two jobs now and three in the next period, if nothing else is said, and no node yet; to wait for one is cheaper than an idle one. */
const jobs = (
  solve: PlanningProblem['policy']['solve'],
  { wanted = [2, 3], nodes = 0, startingNodes = 0 }: Partial<Jobs> = {},
): PlanningProblem => ({
  at: 0,
  offers: [one, plainOffer('unneeded', 1, 9, { behaviour: { ...one.behaviour, leadMs: 5 * MINUTE_MS } })],
  quotas: [],
  commitments: [],
  groups: [job],
  forecast: {
    madeAt: 0,
    groups: [
      {
        groupId: job.groupId,
        periods: wanted.map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
      },
    ],
    pooledErrors: [
      {
        gpuType: 'H100',
        quantiles: [
          { level: 0.5, gpus: 0 },
          { level: 0.99, gpus: 2 },
        ],
      },
    ],
  },
  fleet: {
    seenAt: 0,
    holdings: [{ offerId: one.offerId, nodes, startingNodes, drainingNodes: 0, paidUntil: [] }],
    running: [],
  },
  policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS, 15 * MINUTE_MS] }, solve },
});

const planOf = async (problem: PlanningProblem): Promise<Plan> =>
  makePlan(problem, { solver: await inProcessSolver() });

/** What is found when one entry of the plan of the jobs is changed. */
const foundWith = async <List extends 'service' | 'buffers' | 'cells'>(
  problem: PlanningProblem,
  list: List,
  change: Partial<Plan[List][number]>,
): Promise<readonly string[]> => checkPlan(problem, withEntry(await planOf(problem), list, 0, change));

describe('who is late', () => {
  test.each([
    ['small', SMALL],
    ['large', LARGE],
  ])('in a %s fleet is whom no node is there for', async (_, solve) => {
    const plan = await planOf(jobs(solve));
    expect(checkPlan(jobs(solve), plan)).toEqual([]);
    expect(plan.service[0]).toMatchObject({ late: [2, 1], lateContainerMs: [120_000, 60_000] });
    const withNodes = await planOf(jobs(solve, { nodes: 2, startingNodes: 1 }));
    expect(checkPlan(jobs(solve, { nodes: 2, startingNodes: 1 }), withNodes)).toEqual([]);
    expect(withNodes.service[0]).toMatchObject({ late: [1, 1], lateContainerMs: [60_000, 60_000] });
  });

  it('is nobody who runs already, however little his wait would cost', async () => {
    const person = plainGroup('person', 1);
    const both = [person, job];
    const busy: PlanningProblem = {
      ...jobs(LARGE, { nodes: 2 }),
      groups: both,
      forecast: {
        madeAt: 0,
        groups: both.map(({ groupId }) => ({
          groupId,
          periods: (groupId === person.groupId ? [2, 2] : [1, 1]).map((expectedContainers) => ({
            expectedContainers,
            quantiles: [],
          })),
        })),
        pooledErrors: [],
      },
      fleet: {
        ...jobs(LARGE, { nodes: 2 }).fleet,
        running: both.map(({ groupId }) => ({ groupId, offerId: one.offerId, containers: 1 })),
      },
    };
    const plan = await planOf(busy);
    expect(plan.service.map(({ groupId, late }) => [groupId, late[0]])).toEqual([
      ['job', 0],
      ['person', 1],
    ]);
    expect(checkPlan(busy, plan)).toEqual([]);
  });

  test.each<[string, Partial<Plan['service'][number]>, string]>([
    ['now', { late: [1, 1] }, 'job: 1 are late in period 0; the nodes make it 2'],
    ['later', { late: [2, 0] }, 'job: 0 are late in period 1; the nodes make it 1'],
    [
      'for long',
      { lateContainerMs: [120_000, 1] },
      'job: containers wait 1 ms in period 1; the nodes make it 60000',
    ],
  ])('%s is counted again', async (_, change, sentence) => {
    expect(await foundWith(jobs(LARGE), 'service', change)).toContain(sentence);
  });

  test.each<[string, Partial<Plan['service'][number]>, string]>([
    [
      'cannot be fewer than whom nodes would hold with nobody else on them',
      { late: [0, 1] },
      'job: 0 are late in period 0; the nodes make it 1 at least, 2 at most',
    ],
    [
      'cannot be more than are served',
      { late: [2.001, 1] },
      'job: 2.001 are late in period 0; the nodes make it 1 at least, 2 at most',
    ],
    [
      'waits for as long as a node takes to start',
      { lateContainerMs: [59_999, 60_000] },
      'job: containers wait 59999 ms in period 0; the leads make it 60000',
    ],
  ])('in a small fleet now %s', async (_, change, sentence) => {
    expect(await foundWith(jobs(SMALL, { nodes: 2, startingNodes: 1 }), 'service', change)).toContain(
      sentence,
    );
  });
});

describe('a buffer', () => {
  const problem = jobs(SMALL, { wanted: [2, 2] });

  test('is missed where nothing stands idle for it', async () => {
    expect((await planOf(problem)).buffers).toMatchObject([{ wanted: [0, 2], missing: [0, 2] }]);
  });

  test.each<[string, Partial<Plan['buffers'][number]>, string]>([
    [
      'is missed now by none',
      { missing: [1, 2] },
      'H100: 1 GPUs are missing of the buffer in period 0; the nodes make it 0',
    ],
    [
      'is missed by as many as do not stand idle',
      { missing: [0, 1.999] },
      'H100: 1.999 GPUs are missing of the buffer in period 1; the nodes make it 2',
    ],
    [
      'is as large as the quantiles say',
      { wanted: [0, 1] },
      'H100: a buffer of 1 GPUs in period 1; the quantiles make it 2',
    ],
  ])('%s', async (_, change, sentence) => {
    expect(await foundWith(problem, 'buffers', change)).toContain(sentence);
  });

  test('is there for every pool that needs one, and for no other', async () => {
    const plan = await planOf(problem);
    expect(checkPlan(problem, { ...plan, buffers: [] })).toContain(
      'H100: no buffer is planned, 2 GPUs are asked for',
    );
    const none = {
      ...problem,
      policy: { ...problem.policy, buffer: { ...defaultPolicy.buffer, rule: 'none' as const } },
    };
    expect(checkPlan(none, plan)).toContain('H100: a buffer is planned and not asked for');
  });
});

describe('a cell', () => {
  test.each<[string, Partial<Plan['cells'][number]>, string]>([
    ['names its longest lead', { leadMs: 1 }, 'its longest lead is 60000 ms, not 1'],
    ['names its GPU', { gpuType: 'L4' }, 'one has no L4'],
    [
      'is of offers that take about as long',
      { offerIds: [one.offerId, plainOffer('unneeded', 1, 9).offerId] },
      'its offers do not serve the same groups in the same way',
    ],
  ])('%s', async (_, change, sentence) => {
    const problem = jobs(SMALL);
    const { cellId } = (await planOf(problem)).cells[0]!;
    expect(await foundWith(problem, 'cells', change)).toContain(`${cellId}: ${sentence}`);
  });

  test('leaves no planned offer out that is like its own', async () => {
    const alike = plainOffer('two', 1, 3);
    const problem = jobs(SMALL);
    const both = { ...problem, offers: [one, alike] };
    const sentences = await foundWith(both, 'cells', { offerIds: [alike.offerId] });
    expect(sentences).toContain('one serves as cell-0 does and is not in it');
  });

  test('serves nobody who may not stand there', async () => {
    const problem = jobs(SMALL);
    const elsewhere = { ...problem, groups: [{ ...job, gpuTypes: ['L4'] }] };
    const sentences = checkPlan(elsewhere, await planOf(problem));
    expect(sentences).toContain('job is served by cell-0, where it may not stand');
  });
});

/** Plans with a thousandth or a millisecond more in one place, and what a finding should name. */
const tampered = (plan: Plan): { name: string; other: Plan }[] => [
  ...plan.service.flatMap(({ groupId, late, lateContainerMs }, at) =>
    plan.periods.flatMap((_, period) =>
      [
        { late: more(late, period, 0.001) },
        { late: more(late, period, -0.001) },
        { lateContainerMs: more(lateContainerMs, period, 1) },
      ].map((change) => ({
        name: `${groupId}: .* in period ${period};`,
        other: withEntry(plan, 'service', at, change),
      })),
    ),
  ),
  ...plan.buffers.flatMap(({ gpuType, wanted, missing }, at) =>
    plan.periods.flatMap((_, period) =>
      [
        { wanted: more(wanted, period, 0.001) },
        { missing: more(missing, period, 0.001) },
        { missing: more(missing, period, -0.001) },
      ].map((change) => ({
        name: `${gpuType}.*: .* in period ${period};`,
        other: withEntry(plan, 'buffers', at, change),
      })),
    ),
  ),
];

test(`a thousandth more or less is found wherever it is in ${SEEDS} random plans`, async () => {
  const solver = await inProcessSolver();
  const unnoticed: string[] = [];
  const plans: Plan[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const problem = randomProblem(
      seed,
      {
        ...{ vendors: 2, offers: 12, groups: 5, gpus: 24 },
        periodsMs: [15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS),
      },
      { solve: seed % 2 === 0 ? SMALL : LARGE },
    );
    const plan = await makePlan(problem, { solver });
    plans.push(plan);
    for (const { name, other } of tampered(plan))
      if (!checkPlan(problem, other).some((sentence) => new RegExp(name).test(sentence)))
        unnoticed.push(`${seed}: ${name}`);
  }
  expect(unnoticed).toEqual([]);
  // The plans are worth something: some are late now, some later, and buffers of the pinned and of the others are missed.
  expect(plans.some(({ service }) => service.some(({ late }) => late[0]! > 0))).toBe(true);
  expect(plans.some(({ service }) => service.some(({ late }) => late[1]! > 0))).toBe(true);
  const missed = plans.flatMap(({ buffers }) => buffers.filter(({ missing }) => missing[1]! > 0));
  expect(missed.some(({ groupIds }) => groupIds === undefined)).toBe(true);
  expect(missed.some(({ groupIds }) => groupIds !== undefined)).toBe(true);
}, 3_600_000);

describe('names that there are not', () => {
  const nobody = 'nobody' as Plan['service'][number]['groupId'];
  const nowhere = 'nowhere' as Plan['offers'][number]['offerId'];

  test.each<[string, (plan: Plan) => Partial<Plan>, string]>([
    [
      'an offer',
      ({ offers }) => ({ offers: offers.map((offer) => ({ ...offer, offerId: nowhere })) }),
      'nowhere is planned and not on offer',
    ],
    [
      'a group',
      ({ service }) => ({ service: [...service, { ...service[0]!, groupId: nobody }] }),
      'nobody is served and not known',
    ],
    ['a group that is left out', () => ({ service: [] }), 'job is not in the plan'],
    ['a cell', () => ({ cells: [] }), 'cell-0 serves and is no cell of the plan'],
    [
      'a cell of nothing',
      ({ cells }) => ({ cells: cells.map((cell) => ({ ...cell, offerIds: [] })) }),
      'cell-0 has no offers',
    ],
    [
      'a buffer',
      ({ buffers }) => ({ buffers: buffers.map((buffer) => ({ ...buffer, gpuType: 'L4' as const })) }),
      'L4 is the buffer of no pool',
    ],
  ])('are told: %s', async (_, change, sentence) => {
    const problem = jobs(LARGE);
    const plan = await planOf(problem);
    expect(checkPlan(problem, { ...plan, ...change(plan) })).toContain(sentence);
  });
});
