import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { nameOfCase, type BacktestAnswer, type BacktestCase } from './backtest-case.ts';

/**
 * Works the cases out, as many at once as there are processors, one thread for each: a solver's memory goes with its thread. Answers
 * come back in the order of the cases.
 */
export const runOnThreads = async (
  cases: readonly BacktestCase[],
  onNote: (text: string) => void,
): Promise<readonly BacktestAnswer[]> => {
  const answers: BacktestAnswer[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < cases.length) {
      const index = next;
      next += 1;
      const began = performance.now();
      answers[index] = await runCase(cases[index]!);
      done += 1;
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      onNote(`${done} of ${cases.length}: ${nameOfCase(cases[index]!)} (${seconds} s)`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), cases.length) }, work));
  return answers;
};

/** Works one case out in a thread of its own. */
export const runCase = (one: BacktestCase): Promise<BacktestAnswer> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./work-out-case.thread.ts', import.meta.url), {
      workerData: one,
      name: nameOfCase(one),
    });
    thread.once('message', resolve);
    thread.once('error', (error) =>
      reject(new Error(`${nameOfCase(one)}: ${String(error).split('\n', 1)[0]}`)),
    );
    thread.once('exit', (code) => reject(new Error(`${nameOfCase(one)}: its thread ended with ${code}`)));
  });
