import {
  cheapestOf,
  opponents,
  savings,
  scoreOf,
  type OpponentName,
  type Outcome,
} from '@slipway/capacity-planner-core';
import type { BacktestAnswer, BacktestCase, PolicyName, WorldName } from '../backtest/backtest-case.ts';
import { partsTable } from '../backtest/parts-table.ts';
import { runOnThreads } from '../backtest/run-on-threads.ts';
import { scoreTable } from '../backtest/score-table.ts';
import type { StandaloneSetting } from '../bench-setting.ts';
import type { Recorder } from '../report/recorder.ts';

const names = Object.keys(opponents) as OpponentName[];
const plans = {
  quick: { seeds: [1, 2], worlds: ['small'], steps: 24 },
  full: {
    seeds: Array.from({ length: 20 }, (_, index) => index + 1),
    worlds: ['small', 'medium', 'public'],
    steps: 96,
  },
} as const satisfies Record<
  string,
  Readonly<{ seeds: readonly number[]; worlds: readonly WorldName[]; steps: number }>
>;

/** Seeds and worlds of one's own: `SEEDS=101-120`, `WORLDS=small,public`. */
const chosen = (size: 'quick' | 'full') => {
  const [first, last = first] = (process.env.SEEDS ?? '').split('-').map(Number);
  const seeds = first
    ? Array.from({ length: last! - first + 1 }, (_, index) => first + index)
    : plans[size].seeds;
  const worlds = plans.full.worlds.filter((name) =>
    (process.env.WORLDS ?? plans[size].worlds.join()).split(',').includes(name),
  );
  return { seeds, worlds, steps: plans[size].steps };
};

/** The planner and everybody it is compared with, in the same simulated days; beside what a clairvoyant would have paid. */
export const backtest = async ({ size, recorder }: StandaloneSetting): Promise<void> => {
  const { seeds, worlds, steps } = chosen(size);
  for (const world of worlds) {
    const cases = seeds.flatMap((seed): readonly BacktestCase[] => [
      ...(['planner', ...names] as const).map(
        (policy) => ({ world, seed, steps, find: 'outcome', policy }) as const,
      ),
      { world, seed, steps, find: 'bound' },
    ]);
    const answers = await runOnThreads(cases, (text) => recorder.note(text));
    report(recorder, world, answers);
  }
};

/** Day by day the planner, and under it the greedy that was best on that day. */
const partsByDay = (
  answers: readonly BacktestAnswer[],
  greedies: readonly Outcome[],
  bounds: ReadonlyMap<string, number>,
): string => {
  const runs = answers.flatMap((answer) => (answer.find === 'outcome' ? [answer] : []));
  const best = new Map(greedies.map(({ period, totalMicroUsd }) => [period, totalMicroUsd]));
  return partsTable(
    runs
      .filter(({ outcome }) => outcome.policy === 'planner')
      .flatMap((ours) => {
        const { period } = ours.outcome;
        const rival = runs.find(
          ({ outcome }) =>
            outcome.period === period &&
            outcome.policy.includes('greedy') &&
            outcome.totalMicroUsd === best.get(period),
        );
        return [ours, ...(rival === undefined ? [] : [rival])].map(({ outcome, parts }) => ({
          run: `${period} ${outcome.policy}`,
          parts,
          boundMicroUsd: bounds.get(period),
        }));
      }),
  );
};

const report = (recorder: Recorder, world: WorldName, answers: readonly BacktestAnswer[]): void => {
  recorder.keep(world, answers);
  const outcomes = answers.flatMap((answer) => (answer.find === 'outcome' ? [answer.outcome] : []));
  const bounds = new Map(
    answers.flatMap((answer) =>
      answer.find === 'bound' ? [[answer.period, answer.boundMicroUsd] as const] : [],
    ),
  );
  const of = (policy: PolicyName): readonly Outcome[] =>
    outcomes.filter((outcome) => outcome.policy === policy);
  const greedies = cheapestOf('best-greedy', [
    of('sticky-greedy'),
    of('replacing-greedy'),
    of('replacing-greedy-10'),
  ]);
  const everybody = cheapestOf('best-opponent', names.map(of));
  const rows = [...(['planner', ...names] as const).map(of), greedies, everybody];
  const scores = rows.map((runs) => scoreOf(runs, bounds));
  recorder.note(`\n${world}, ${bounds.size} days\n${scoreTable(scores)}\n`);
  recorder.keep(`${world}-scores`, scores);
  recorder.note(`${world}, where the money goes\n${partsByDay(answers, greedies, bounds)}\n`);

  const ours = scores[0]!;
  const measured = (
    metric: string,
    value: number,
    unit: string,
    baseline?: Readonly<{ name: string; value: number }>,
  ) => recorder.measured(`${world}_${metric}`, value, unit, baseline);
  for (const [index, score] of scores.slice(1).entries()) {
    measured('total_usd', ours.totalUsd, 'USD', { name: score.policy, value: score.totalUsd });
    const { mean, least } = savings(rows[0]!, rows[index + 1]!);
    measured(`saves_percent_mean_${score.policy}`, 100 * mean, '%');
    measured(`saves_percent_least_${score.policy}`, 100 * least, '%');
  }
  const boundUsd = [...bounds.values()].reduce((sum, micro) => sum + micro, 0) / bounds.size / 1_000_000;
  measured('total_usd', ours.totalUsd, 'USD', { name: 'clairvoyant bound', value: boundUsd });
  measured('infrastructure_usd', ours.infrastructureUsd, 'USD', {
    name: 'clairvoyant bound',
    value: boundUsd,
  });
  measured('late_percent', ours.latePercent, '%');
  measured('short_percent', ours.shortPercent, '%');
  measured('avoidable_short_percent', ours.avoidableShortPercent, '%');
  measured('priority_short_steps_percent', ours.priorityShortStepsPercent, '%');
  measured('starts_per_step', ours.startsPerStep, 'nodes');
  const changes = answers.flatMap((answer) =>
    answer.find === 'outcome' ? (answer.planning?.changes ?? []) : [],
  );
  if (changes.length > 0) {
    measured(
      'plan_change_percent_mean',
      (100 * changes.reduce((sum, change) => sum + change, 0)) / changes.length,
      '%',
    );
    measured('plan_change_percent_most', 100 * Math.max(...changes), '%');
  }
};
