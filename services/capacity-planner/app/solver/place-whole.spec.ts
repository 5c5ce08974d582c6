import {
  buildProgram,
  checkPlan,
  defaultPolicy,
  makePlan,
  placeIntegers,
  placeWhole,
  prepare,
  readDraft,
  standOnNodes,
  type Draft,
  type PlanningProblem,
  type Prepared,
} from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { scattered } from '@slipway/capacity-planner-core/testing/scattered';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const SEEDS = Number(process.env['SEEDS'] ?? 40);

const problemOf = (seed: number): PlanningProblem =>
  scattered(
    randomProblem(
      seed,
      {
        vendors: 3,
        offers: 10 + (seed % 10),
        groups: 3 + (seed % 8),
        periodsMs: [15 * MINUTE_MS, 60 * MINUTE_MS],
        gpus: 40 + (seed % 60),
      },
      { solve: { ...defaultPolicy.solve, allIntegerBelowGpus: 0 } },
    ),
    seed,
  );

/** Nodes in whole numbers, and flows in fractions, as a large fleet's program has them. */
const solved = async (prepared: Prepared): Promise<Draft> => {
  const solver = await inProcessSolver();
  const { program, layout } = buildProgram(prepared, { periods: 1, flows: 'continuous' });
  const result = await solver.solve({ program, timeLimitMs: 60_000, relativeGap: 0.001, duals: 'none' });
  if (result.status === 'failed') throw new Error(result.because);
  return readDraft(prepared, layout, result.values, 1);
};

/** Containers that no single node has room for, at what it costs that they are not served. */
const unplacedMicroUsd = (prepared: Prepared, draft: Draft): number =>
  standOnNodes(prepared, draft).waiting.reduce(
    (sum, count, group) => sum + count * prepared.groups[group]!.prices.shortMicroUsdPerHour,
    0,
  );

describe(`flows of ${SEEDS} random problems in whole containers`, () => {
  test('stand on single nodes as they say, and leave no more out than rounding does, and often less', async () => {
    const solver = await inProcessSolver();
    let better = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const prepared = prepare(problemOf(seed));
      const draft = await solved(prepared);
      const whole = (await placeWhole(prepared, draft, solver))!;
      const { waiting } = standOnNodes(prepared, whole);
      prepared.groups.forEach(({ index, wanted }) => {
        const served = prepared.pairs.reduce(
          (sum, { group }, pair) => sum + (group === index ? whole.served[pair]![0]! : 0),
          0,
        );
        expect({ seed, index, waiting: waiting[index] }).toEqual({
          seed,
          index,
          waiting: wanted[0]! - served,
        });
      });
      const [exact, rounded] = [whole, placeIntegers(prepared, draft)].map((one) =>
        unplacedMicroUsd(prepared, one),
      );
      expect({ seed, more: Math.max(0, exact! - rounded!) }).toEqual({ seed, more: 0 });
      if (exact! < rounded!) better += 1;
    }
    expect(better).toBeGreaterThan(0);
  });

  test('make plans that keep all rules', async () => {
    const solver = await inProcessSolver();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const problem = problemOf(seed);
      expect({ seed, broken: checkPlan(problem, await makePlan(problem, { solver })) }).toEqual({
        seed,
        broken: [],
      });
    }
  });
});

test('where nothing is known of single nodes nothing is placed', async () => {
  const { nodes: _, ...fleet } = problemOf(1).fleet;
  const prepared = prepare({ ...problemOf(1), fleet });
  expect(await placeWhole(prepared, await solved(prepared), await inProcessSolver())).toBeUndefined();
});
