import type { LinearProgram, PlanningProblem } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import type { StandaloneSetting } from '../bench-setting.ts';
import { median } from '../report/percentile.ts';
import { plannerSizes, programOf } from '../planner/planner-sizes.ts';
import { marginalsWithin } from '../planner/marginals-within.ts';
import { nativeHighs, type NativeHighs } from '../planner/native-highs.ts';
import { solveAlone } from '../planner/solve-alone.ts';

const rounds = { quick: 1, full: 3 };
const gaps = { '1pct': 0.01, '0_1pct': 0.001 };
const limitMs = 240_000;

/** Time to a gap of 1 % and of 0.1 % at three sizes, beside HiGHS as a native library on the identical program. */
export const planner = async ({ recorder, size }: StandaloneSetting): Promise<void> => {
  const native = await recorder.orSkipped('HiGHS native (scipy)', () => nativeHighs());
  for (const [name, { problem, integrality }] of Object.entries(plannerSizes)) {
    if (name === 'large' && size === 'quick') continue;
    const measured = randomProblem(1, problem);
    for (const { metric, mode } of integrality) {
      const { program } = programOf(measured, mode);
      recorder.note(`${metric}: ${program.columns} columns, ${program.rows} rows`);
      for (const [gapName, relativeGap] of Object.entries(gaps))
        await beside(recorder, native, `${metric}_seconds_to_${gapName}`, program, relativeGap, rounds[size]);
    }
    await warm({ recorder, size }, name, measured);
    await presolve({ recorder, size }, name, measured);
    recorder.measured(`${name}_peak_memory`, process.resourceUsage().maxRSS / 1024, 'MiB');
    if (name === 'medium')
      recorder.measured('medium_marginal_gpus_within_10pct', await marginalsWithin(measured, 0.1), 'share');
  }
};

const beside = async (
  recorder: StandaloneSetting['recorder'],
  native: NativeHighs | undefined,
  metric: string,
  program: LinearProgram,
  relativeGap: number,
  times: number,
): Promise<void> => {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < times; round++) {
    const found = await solveAlone({ program, relativeGap, timeLimitMs: limitMs, duals: 'none' });
    ours.push(found.seconds);
    recorder.note(`${metric}: ${found.seconds.toFixed(2)} s, gap ${found.gap.toFixed(5)}`);
    if (native) theirs.push(await native.seconds(program, relativeGap, limitMs));
  }
  recorder.keep(metric, { ours, theirs });
  recorder.measured(
    metric,
    median(ours),
    's',
    theirs.length > 0 ? { name: 'HiGHS native (scipy)', value: median(theirs) } : undefined,
  );
};

/** The next cycle: prices have moved by up to 1 %, and the last plan is known. */
const warm = async (
  { recorder }: StandaloneSetting,
  name: string,
  problem: PlanningProblem,
): Promise<void> => {
  const before = programOf(problem, 'first-period');
  const known = await solveAlone({
    program: before.program,
    relativeGap: 0.01,
    timeLimitMs: limitMs,
    duals: 'none',
  });
  const moved: PlanningProblem = {
    ...problem,
    offers: problem.offers.map((offer, index) => ({
      ...offer,
      billing: {
        ...offer.billing,
        priceMicroUsdPerNodeHour: Math.round(
          offer.billing.priceMicroUsdPerNodeHour * (1 + 0.01 * Math.sin(index)),
        ),
      },
    })),
  };
  // Offers that cost the same have come apart with their prices: the program is the same only without merging.
  const { program } = programOf(moved, 'first-period');
  const sameShape = program.columns === before.program.columns && known.values !== undefined;
  const found = await solveAlone({
    program,
    relativeGap: 0.01,
    timeLimitMs: limitMs,
    duals: 'none',
    ...(sameShape && { warmStart: known.values }),
  });
  recorder.measured(`${name}_warm_seconds_to_1pct`, found.seconds, 's');
};

/** The same without our presolve: every offer a column of its own. */
const presolve = async (
  { recorder }: StandaloneSetting,
  name: string,
  problem: PlanningProblem,
): Promise<void> => {
  const on = programOf(problem, 'first-period', 'on').program;
  const off = programOf(problem, 'first-period', 'off').program;
  recorder.measured(`${name}_columns`, on.columns, 'columns', {
    name: 'without presolve',
    value: off.columns,
  });
  const [mine, without] = [
    await solveAlone({ program: on, relativeGap: 0.01, timeLimitMs: limitMs, duals: 'none' }),
    await solveAlone({ program: off, relativeGap: 0.01, timeLimitMs: limitMs, duals: 'none' }),
  ];
  recorder.measured(`${name}_presolved_seconds_to_1pct`, mine.seconds, 's', {
    name: 'without presolve',
    value: without.seconds,
  });
};
