import { UsageError } from '../../terminal/parse-arguments.ts';
import type { BacktestCase, WorldName } from '../backtest/backtest-case.ts';
import { backtestTrace } from '../backtest/backtest-trace.ts';
import { chosenSeeds, chosenWorlds, worldNames } from '../backtest/chosen-days.ts';
import { opponentNames, reportWorld } from '../backtest/report-world.ts';
import { runOnThreads } from '../backtest/run-on-threads.ts';
import type { StandaloneSetting } from '../bench-setting.ts';

const plans = {
  quick: { seeds: [1, 2], worlds: ['small'], steps: 24 },
  full: { seeds: Array.from({ length: 20 }, (_, index) => index + 1), worlds: worldNames, steps: 96 },
} as const satisfies Record<
  string,
  Readonly<{ seeds: readonly number[]; worlds: readonly WorldName[]; steps: number }>
>;

/**
 * The planner and everybody it is compared with, in the same simulated days or in those of a trace; beside what a clairvoyant would
 * have paid. `SEEDS` and `WORLDS` choose others than the usual ones. Throws UsageError.
 */
export const backtest = async ({ size, recorder, trace, catalogue }: StandaloneSetting): Promise<void> => {
  const [ownSeeds, ownWorlds] = [chosenSeeds(process.env.SEEDS), chosenWorlds(process.env.WORLDS)];
  if (trace !== undefined) {
    if (ownWorlds !== undefined)
      throw new UsageError(`WORLDS is ${ownWorlds.join()} beside --trace; a trace is a world of its own`);
    return backtestTrace(recorder, { path: trace, catalogue, seeds: ownSeeds ?? [1] });
  }
  const { seeds, worlds, steps } = plans[size];
  for (const world of ownWorlds ?? worlds) {
    const cases = (ownSeeds ?? seeds).flatMap((seed): readonly BacktestCase[] => [
      ...(['planner', ...opponentNames] as const).map(
        (policy) => ({ world, seed, steps, find: 'outcome', policy }) as const,
      ),
      { world, seed, steps, find: 'bound' },
    ]);
    const answers = await runOnThreads(cases, (text) => recorder.note(text));
    reportWorld(recorder, world, answers);
  }
};
