import {
  buildProgram,
  oneGpuMore,
  prepare,
  readPrices,
  type LinearProgram,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { solveAlone } from './solve-alone.ts';

const checked = 10;

/** The share of groups whose marginal price is what solving again with one GPU more costs, within a tolerance. */
export const marginalsWithin = async (problem: PlanningProblem, tolerance: number): Promise<number> => {
  const solver = {
    solve: async (request: Parameters<typeof solveAlone>[0]) => (await solveAlone(request)).result,
  };
  const prices = await readPrices(problem, { solver });
  if ('without' in prices) return 0;
  const { marginal } = prices;
  const prepared = prepare(problem);
  const built = buildProgram(prepared, { periods: 0, flows: 'continuous' });
  const before = await costOf(built.program);
  const { hours } = prepared.periods[0]!;
  const step = Math.max(1, Math.floor(marginal.length / checked));
  const sampled = marginal.flatMap((entry, index) => (index % step === 0 ? [{ entry, index }] : []));
  let within = 0;
  for (const { entry, index } of sampled) {
    const solved = ((await costOf(oneGpuMore(built, prepared, index))) - before) / hours;
    if (Math.abs(solved - entry.microUsdPerGpuHour) <= tolerance * Math.abs(solved)) within += 1;
  }
  return within / sampled.length;
};

const costOf = async (program: LinearProgram): Promise<number> => {
  const { result } = await solveAlone({ program, relativeGap: 0, timeLimitMs: 120_000, duals: 'none' });
  return result.status === 'failed' ? NaN : result.objective * 1e6;
};
