import { defaultPolicy, simulatedPolicy, type RegretSplit } from '@slipway/capacity-planner-core';
import type { Recorder } from '../report/recorder.ts';
import type { BacktestAnswer, BacktestCase } from './backtest-case.ts';
import { readTraceDays, type TraceDays } from './read-trace-days.ts';
import { regretTable } from './regret-table.ts';
import { opponentNames, reportWorld } from './report-world.ts';
import { runCase, runOnThreads } from './run-on-threads.ts';
import { splitPlannerRegret } from './split-planner-regret.ts';

const settings = { policy: simulatedPolicy(defaultPolicy) };

export type TraceQuestion = Readonly<{
  path: string;
  catalogue: string | undefined;
  /** Of what the trace does not say. */
  seeds: readonly number[];
}>;

/** The planner and everybody it is compared with in the time of a trace; what the trace does not say is told with the results. */
export const backtestTrace = async (
  recorder: Recorder,
  { path, catalogue, seeds }: TraceQuestion,
): Promise<void> => {
  const days = readTraceDays(path, catalogue, seeds);
  for (const note of days.notes) recorder.note(note);
  recorder.keep('trace', { path, catalogue, seeds, notes: days.notes });
  const cases = days.periods.flatMap((period): readonly BacktestCase[] => [
    { period, find: 'outcome', policy: 'planner', settings },
    ...opponentNames.map((policy) => ({ period, find: 'outcome', policy }) as const),
    { period, find: 'bound' },
  ]);
  const answers = await runOnThreads(cases, (text) => recorder.note(text));
  reportWorld(recorder, 'trace', answers);
  await reportRegret(recorder, days, answers);
};

const reportRegret = async (
  recorder: Recorder,
  { periods }: TraceDays,
  answers: readonly BacktestAnswer[],
): Promise<void> => {
  const splits: (readonly [string, RegretSplit])[] = [];
  for (const period of periods) {
    recorder.note(`${period.name}: the planner again, with hindsight and in calm weather`);
    splits.push([
      period.name,
      await splitPlannerRegret({ period, settings, ...knownOf(period.name, answers) }, runCase),
    ]);
  }
  recorder.note(`\nwhat the planner paid above the bound, and why\n${regretTable(splits)}\n`);
  recorder.keep('trace-regret', Object.fromEntries(splits));
  for (const part of ['regret', 'forecast', 'outages', 'wholeness'] as const) {
    const sum = splits.reduce((total, [, split]) => total + split[`${part}MicroUsd`], 0);
    recorder.measured(`trace_${part}_usd`, sum / splits.length / 1_000_000, 'USD');
  }
};

const knownOf = (name: string, answers: readonly BacktestAnswer[]) => {
  let [totalMicroUsd, boundMicroUsd] = [0, 0];
  for (const answer of answers)
    if (answer.find === 'bound' && answer.period === name) ({ boundMicroUsd } = answer);
    else if (
      answer.find === 'outcome' &&
      answer.outcome.period === name &&
      answer.outcome.policy === 'planner'
    )
      ({ totalMicroUsd } = answer.outcome);
  return { totalMicroUsd, boundMicroUsd };
};
