import { Worker } from 'node:worker_threads';
import type { Solver, SolveRequest, SolveResult } from '@slipway/capacity-planner-core';

/** Loading, reading in and the duals come on top of the search's own limit; a thread that takes longer has hung. */
const GRACE_MS = 15_000;

/** HiGHS in a thread of its own for each solve: the event loop goes on, and a crash is an answer, not an end. */
export class HighsSolver implements Solver {
  constructor(
    private readonly program: URL = new URL('./solve.thread.js', import.meta.url),
    private readonly graceMs: number = GRACE_MS,
  ) {}

  solve(request: SolveRequest): Promise<SolveResult> {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const thread = new Worker(this.program, { workerData: request, name: 'solve' });
      const answer = (result: SolveResult): void => {
        clearTimeout(timer);
        resolve(result);
        void thread.terminate();
      };
      const fail = (because: string): void =>
        answer({ status: 'failed', because, solveMs: Math.round(performance.now() - startedAt) });
      const limitMs = request.timeLimitMs * (request.duals === 'none' ? 1 : 2) + this.graceMs;
      const timer = setTimeout(() => fail(`the solver did not answer within ${limitMs} ms`), limitMs);
      thread.once('message', answer);
      // The first line says what happened; what follows may be the solver's whole minified program.
      thread.once('error', (error) => fail(`the solver failed: ${firstLine(error)}`));
      thread.once('exit', (code) => fail(`the solver's thread ended with ${code} before it answered`));
    });
  }
}

const firstLine = (error: unknown): string =>
  ((error as Partial<Error>).message ?? String(error)).split('\n', 1)[0]!.slice(0, 300);
