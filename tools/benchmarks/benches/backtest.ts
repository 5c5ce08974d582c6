import type { BacktestCase, WorldName } from '../backtest/backtest-case.ts';
import { backtestTrace } from '../backtest/backtest-trace.ts';
import { opponentNames, reportWorld } from '../backtest/report-world.ts';
import { runOnThreads } from '../backtest/run-on-threads.ts';
import type { StandaloneSetting } from '../bench-setting.ts';

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

const seedsOf = (): readonly number[] | undefined => {
  const [first, last = first] = (process.env.SEEDS ?? '').split('-').map(Number);
  return first ? Array.from({ length: last! - first + 1 }, (_, index) => first + index) : undefined;
};

/** Seeds and worlds of one's own: `SEEDS=101-120`, `WORLDS=small,public`. */
const chosen = (size: 'quick' | 'full') => {
  const seeds = seedsOf() ?? plans[size].seeds;
  const worlds = plans.full.worlds.filter((name) =>
    (process.env.WORLDS ?? plans[size].worlds.join()).split(',').includes(name),
  );
  return { seeds, worlds, steps: plans[size].steps };
};

/**
 * The planner and everybody it is compared with, in the same simulated days or in those of a trace; beside what a clairvoyant would
 * have paid.
 */
export const backtest = async ({ size, recorder, trace, catalogue }: StandaloneSetting): Promise<void> => {
  if (trace !== undefined)
    return backtestTrace(recorder, { path: trace, catalogue, seeds: seedsOf() ?? [1] });
  const { seeds, worlds, steps } = chosen(size);
  for (const world of worlds) {
    const cases = seeds.flatMap((seed): readonly BacktestCase[] => [
      ...(['planner', ...opponentNames] as const).map(
        (policy) => ({ world, seed, steps, find: 'outcome', policy }) as const,
      ),
      { world, seed, steps, find: 'bound' },
    ]);
    const answers = await runOnThreads(cases, (text) => recorder.note(text));
    reportWorld(recorder, world, answers);
  }
};
