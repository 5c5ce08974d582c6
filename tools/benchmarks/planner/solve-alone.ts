import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { askSolver, type SolveRequest, type SolveResult, type Solver } from '@slipway/capacity-planner-core';
import { checkoutFolder } from '../../platform/home.ts';
import type { Planned } from './planner-sizes.ts';

const program = pathToFileURL(
  join(checkoutFolder, 'services/capacity-planner/app/dist/solver/solve.thread.js'),
);

export type SolvedAlone = Readonly<{
  seconds: number;
  gap: number;
  values: Float64Array | undefined;
  result: SolveResult;
}>;

/** One solve in a thread of its own, as the service does it: the time is from the question to the answer. */
export const solveAlone = async (request: SolveRequest): Promise<SolvedAlone> => {
  const startedAt = performance.now();
  const result = await new Promise<SolveResult>((resolve, reject) => {
    const thread = new Worker(program, { workerData: request });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  return result.status === 'failed'
    ? { seconds, gap: Infinity, values: undefined, result }
    : { seconds, gap: result.gap, values: result.values, result };
};

/** Each solve in a thread of its own. */
export const threadSolver: Solver = { solve: async (request) => (await solveAlone(request)).result };

/** As the planner asks: the whole program, or where it is large, in steps. */
export const solveAsPlanned = async (
  { built, prepared }: Planned,
  request: Parameters<typeof askSolver>[3],
): Promise<SolvedAlone> => {
  const startedAt = performance.now();
  const result = await askSolver(threadSolver, built, prepared, request);
  const seconds = (performance.now() - startedAt) / 1000;
  return result.status === 'failed'
    ? { seconds, gap: Infinity, values: undefined, result }
    : { seconds, gap: result.gap, values: result.values, result };
};
