import { checkPlan, makePlan, type Plan } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { LARGE, SMALL, withEntry } from './check-plan.samples.testing.js';
import { inProcessSolver } from './in-process-solver.testing.js';

const SEEDS = 16;
const MINUTE_MS = 60_000;

/** So much more in one period. */
const more = (counts: readonly number[], period: number, by: number): number[] =>
  counts.map((count, at) => (at === period ? Math.round((count + by) * 1000) / 1000 : count));

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
