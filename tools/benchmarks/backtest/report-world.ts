import {
  cheapestOf,
  opponents,
  savings,
  scoreOf,
  type OpponentName,
  type Outcome,
} from '@slipway/capacity-planner-core';
import type { Recorder } from '../report/recorder.ts';
import type { BacktestAnswer, PolicyName } from './backtest-case.ts';
import { partsTable } from './parts-table.ts';
import { scoreTable } from './score-table.ts';

export const opponentNames = Object.keys(opponents) as OpponentName[];

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

/** Tells and keeps what all policies paid in the days of one world, beside the bounds. */
export const reportWorld = (recorder: Recorder, world: string, answers: readonly BacktestAnswer[]): void => {
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
  const everybody = cheapestOf('best-opponent', opponentNames.map(of));
  const rows = [...(['planner', ...opponentNames] as const).map(of), greedies, everybody];
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
