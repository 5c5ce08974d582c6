import { buildProgram, defaultPolicy, prepare, siftProgram } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { scattered } from '@slipway/capacity-planner-core/testing/scattered';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const SEEDS = Number(process.env['SEEDS'] ?? 6);

test(
  `each of ${SEEDS} programs that is solved by some of its columns costs what the whole costs, and its bound is one of the whole`,
  async () => {
    const solver = await inProcessSolver();
    let smaller = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const problem = randomProblem(
        seed,
        {
          vendors: 4,
          offers: 80,
          groups: 15,
          periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS],
          gpus: 150,
        },
        // As fleets are planned that are not small: who stands on a node that is on its way waits.
        { solve: { ...defaultPolicy.solve, allIntegerBelowGpus: seed % 2 === 0 ? 0 : 200 } },
      );
      const prepared = prepare(seed % 3 === 0 ? problem : scattered(problem, seed));
      const built = buildProgram(prepared, { periods: 1, flows: 'continuous' });
      const request = { timeLimitMs: 60_000, relativeGap: 0.005 };
      const columns: number[] = [];
      const counting: typeof solver = {
        solve: (asked) => {
          columns.push(asked.program.columns);
          return solver.solve(asked);
        },
      };
      const [whole, sifted] = [
        await solver.solve({ ...request, program: built.program, duals: 'none' }),
        await siftProgram(counting, built, prepared, request, 0),
      ];
      if (whole.status === 'failed' || sifted.status === 'failed')
        throw new Error(`seed ${seed} has no plan`);
      expect(sifted.objective).toBeLessThanOrEqual(whole.objective * 1.01);
      expect(sifted.bound).toBeLessThanOrEqual(whole.objective * 1.0001);
      expect(sifted.values).toHaveLength(built.program.columns);
      expect(costOf(built.program, sifted.values)).toBeCloseTo(sifted.objective, 4);
      if (columns.at(-1)! < built.program.columns) smaller += 1;
    }
    expect(smaller).toBeGreaterThanOrEqual(SEEDS * 0.9);
  },
  30 * MINUTE_MS,
);

const costOf = ({ cost, offset }: { cost: Float64Array; offset: number }, values: Float64Array): number =>
  values.reduce((sum, value, column) => sum + value * cost[column]!, offset);
