import type { PlanningProblem } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import type { StandaloneSetting } from '../bench-setting.ts';
import { plannerSizes, nodesByOffer, plannedAs, type PlannerMode } from '../planner/planner-sizes.ts';
import { marginalsWithin } from '../planner/marginals-within.ts';
import { besideNative, measureReached } from '../planner/beside-native.ts';
import { nativeHighs } from '../planner/native-highs.ts';
import { solveAsPlanned } from '../planner/solve-alone.ts';
import { stoppedEarly } from '../planner/stopped-early.ts';

const rounds = { quick: 1, full: 3 };
const gaps = { '1pct': 0.01, '0_1pct': 0.001 };
/** A search that has not reached its gap by then is given up, and says what it had reached. */
const limitMs = 60_000;

/** Time to a gap of 1 % and of 0.1 % at three sizes, beside HiGHS as a native library on the identical program. `SIZES` chooses. */
export const planner = async ({ recorder, size }: StandaloneSetting): Promise<void> => {
  const native = await recorder.orSkipped('HiGHS native (scipy)', () => nativeHighs());
  const chosen = process.env['SIZES']?.split(',') ?? (size === 'quick' ? ['small', 'medium'] : undefined);
  for (const [name, { problem, integrality, stoppedAfterMs }] of Object.entries(plannerSizes)) {
    if (chosen !== undefined && !chosen.includes(name)) continue;
    const measured = randomProblem(1, problem);
    for (const { metric, mode } of integrality) {
      const planned = plannedAs(measured, mode);
      const { columns, rows } = planned.built.program;
      recorder.note(`${metric}: ${columns} columns, ${rows} rows`);
      for (const [gapName, relativeGap] of Object.entries(gaps))
        await besideNative(
          { recorder, native, limitMs, times: rounds[size] },
          `${metric}_seconds_to_${gapName}`,
          planned,
          relativeGap,
        );
      await warm(recorder, metric, measured, mode);
    }
    for (const ms of stoppedAfterMs) {
      const { seconds, aboveLp, planner: by } = await stoppedEarly(measured, ms);
      recorder.note(`${name}: stopped after ${ms} ms, done after ${seconds.toFixed(2)} s, by ${by}`);
      recorder.measured(`${name}_above_lp_after_${ms}_ms`, aboveLp, 'share');
    }
    await presolve(recorder, name, measured);
    recorder.measured(`${name}_peak_memory`, process.resourceUsage().maxRSS / 1024, 'MiB');
    if (name === 'medium')
      recorder.measured('medium_marginal_gpus_within_10pct', await marginalsWithin(measured, 0.1), 'share');
  }
};

/** The next cycle: prices have moved by up to 1 %, and the last plan's counts are known. */
const warm = async (
  recorder: StandaloneSetting['recorder'],
  metric: string,
  problem: PlanningProblem,
  mode: PlannerMode,
): Promise<void> => {
  const last = plannedAs(problem, mode);
  const known = await solveAsPlanned(last, { relativeGap: 0.01, timeLimitMs: limitMs });
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
    ...(known.values && { before: nodesByOffer(last, known.values) }),
  };
  const found = await solveAsPlanned(plannedAs(moved, mode), { relativeGap: 0.01, timeLimitMs: limitMs });
  recorder.note(`${metric}: warm, gap ${found.gap.toFixed(5)}, ${found.result.status}`);
  measureReached(recorder, `${metric}_warm_seconds_to_1pct`, [found]);
};

/** The same without our presolve: every offer a column of its own. */
const presolve = async (
  recorder: StandaloneSetting['recorder'],
  name: string,
  problem: PlanningProblem,
): Promise<void> => {
  const on = plannedAs(problem, 'first-period', 'on');
  const off = plannedAs(problem, 'first-period', 'off');
  recorder.measured(`${name}_columns`, on.built.program.columns, 'columns', {
    name: 'without presolve',
    value: off.built.program.columns,
  });
  const [mine, without] = [
    await solveAsPlanned(on, { relativeGap: 0.01, timeLimitMs: limitMs }),
    await solveAsPlanned(off, { relativeGap: 0.01, timeLimitMs: limitMs }),
  ];
  const metric = `${name}_presolved_seconds_to_1pct`;
  recorder.keep(metric, {
    on: [mine.seconds, mine.result.status],
    off: [without.seconds, without.result.status],
  });
  measureReached(recorder, metric, [mine], { name: 'without presolve', value: without.seconds });
};
