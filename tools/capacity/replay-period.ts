import {
  changedPolicy,
  committedMicroUsd,
  defaultPolicy,
  periodOfTrace,
  simulatedPolicy,
  type Period,
  type PlanningPolicy,
  type Trace,
  type TracePeriod,
} from '@slipway/capacity-planner-core';
import { isRefusal, type Refusal } from '@slipway/kernel';
import type { BacktestAnswer, BacktestCase, PlannerSettings } from '../benchmarks/backtest/backtest-case.ts';
import { readCatalogueFile, type CatalogueFile } from '../benchmarks/backtest/read-trace-file.ts';
import { runCase, runOnThreads } from '../benchmarks/backtest/run-on-threads.ts';
import { splitPlannerRegret } from '../benchmarks/backtest/split-planner-regret.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { replayedRun, type PeriodReplay } from './period-replay.ts';

export type ReplayQuestion = Readonly<{
  name: string;
  trace: Trace;
  notes: readonly string[];
  /** Settings in place of those that were in force, and a catalogue file in place of the one that was recorded. */
  policy: Readonly<Record<string, unknown>>;
  cataloguePath: string | undefined;
  untriedNodes: number;
  /** Whether regret is to be split, which takes two more runs for each run. */
  split: boolean;
}>;

type Run = Readonly<{ name: string; period: Period; settings: PlannerSettings & { policy: PlanningPolicy } }>;

/** Runs a period again: as it was, and with what is to be other. Says meanwhile what it does. */
export const replayPeriod = async (
  question: ReplayQuestion,
  onNote: (text: string) => void,
): Promise<PeriodReplay> => {
  const { name, trace, notes, policy: changes, cataloguePath } = question;
  const inForce = orThrow(changedPolicy(defaultPolicy, trace.policy ?? {}), 'the policy of the trace');
  const tried = orUsage(changedPolicy(inForce, changes));
  const catalogue = cataloguePath === undefined ? undefined : readCatalogueFile(cataloguePath);
  if (catalogue === undefined && trace.offers.length === 0)
    throw new UsageError(`${name} has no rows of type offer; --catalogue says what could be bought`);
  const made = (given: CatalogueFile | undefined): TracePeriod =>
    orThrow(periodOf(question, inForce, given), name);
  const isOther = Object.keys(changes).length > 0 || (catalogue !== undefined && trace.offers.length > 0);
  const asItWas = made(trace.offers.length > 0 ? undefined : catalogue);
  const other = isOther ? made(catalogue) : undefined;
  const { commitments } = trace;
  const settingsOf = (policy: PlanningPolicy) => ({ policy: simulatedPolicy(policy), commitments });
  const runs: readonly Run[] = [
    { name: 'as it was', period: asItWas.period, settings: settingsOf(inForce) },
    ...(other === undefined ? [] : [{ name: 'replayed', period: other.period, settings: settingsOf(tried) }]),
  ];
  const results = await workOut(runs, question.split, onNote);
  const { startsAt, stepMs, warmUpSteps, steps } = asItWas.period;
  const [from, until] = [startsAt + warmUpSteps * stepMs, startsAt + steps * stepMs];
  return {
    name,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    notes: [...notes, ...(catalogue?.notes ?? []), ...(other ?? asItWas).notes, ...notesOnPolicies(runs)],
    hasOwnPolicy: trace.policy !== undefined,
    ...(trace.happened === undefined ? {} : { happened: trace.happened }),
    ...(commitments.length === 0 ? {} : { committedMicroUsd: committedMicroUsd(commitments, from, until) }),
    runs: results,
  };
};

const notesOnPolicies = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ name, settings }) =>
    settings.policy.guardrails.mode === 'frozen'
      ? [`${name}: the fleet is frozen, so nothing is bought; --policy guardrails.mode=running lifts that`]
      : [],
  );

const periodOf = (
  { trace, name, untriedNodes }: ReplayQuestion,
  inForce: PlanningPolicy,
  catalogue: CatalogueFile | undefined,
): TracePeriod | Refusal =>
  periodOfTrace({
    ...{ trace, name, supply: untriedNodes, seed: 1, prices: inForce },
    ...(catalogue === undefined ? {} : { catalogue }),
  });

/** Two cases for each run: what the planner pays, and what a clairvoyant would have. */
const workOut = async (
  runs: readonly Run[],
  split: boolean,
  onNote: (text: string) => void,
): Promise<PeriodReplay['runs']> => {
  const cases = runs.flatMap(({ period, settings }): readonly BacktestCase[] => [
    { period, find: 'outcome', policy: 'planner', settings },
    { period, find: 'bound' },
  ]);
  const answers = await runOnThreads(cases, onNote);
  return Promise.all(
    runs.map(async ({ name, period, settings }, index) => {
      const { outcome, coveredMicroUsd } = found(answers[2 * index], 'outcome');
      const { boundMicroUsd } = found(answers[2 * index + 1], 'bound');
      const known = { period, totalMicroUsd: outcome.totalMicroUsd, boundMicroUsd };
      if (split) onNote(`${name}: again with hindsight, and in calm weather`);
      const parts = split ? await splitPlannerRegret({ ...known, settings }, runCase) : undefined;
      const covered = (settings.commitments ?? []).length === 0 ? undefined : coveredMicroUsd;
      return replayedRun(name, { outcome, boundMicroUsd, regret: parts, coveredMicroUsd: covered });
    }),
  );
};

const found = <Find extends BacktestAnswer['find']>(
  answer: BacktestAnswer | undefined,
  find: Find,
): Extract<BacktestAnswer, { find: Find }> => {
  if (answer?.find === find) return answer as Extract<BacktestAnswer, { find: Find }>;
  throw new Error(`a ${find} was asked for, and ${answer?.find ?? 'nothing'} was answered`);
};

const orThrow = <Value>(value: Value | Refusal, subject: string): Value => {
  if (isRefusal(value)) throw new Error(`${subject}: ${value.message}`);
  return value;
};

const orUsage = <Value>(value: Value | Refusal): Value => {
  if (isRefusal(value)) throw new UsageError(`--policy: ${value.message}`);
  return value;
};
