import { Worker } from 'node:worker_threads';

export type ThreadWork = Readonly<{
  program: URL;
  /** What the thread is for, as its name and in errors: `planning`. */
  what: string;
  input: unknown;
  limitMs: number;
}>;

/** The first message of a thread that is started for it and then ended. Rejects where the thread dies, ends without a word, or hangs. */
export const answerFromThread = <Answer>({ program, what, input, limitMs }: ThreadWork): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(program, { workerData: input, name: what });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void thread.terminate();
    };
    const fail = (because: string): void => end(() => reject(new Error(because)));
    const timer = setTimeout(() => fail(`${what} did not end within ${limitMs / 1_000} s`), limitMs);
    thread.once('message', (answer: Answer) => end(() => resolve(answer)));
    thread.once('error', (error) => fail(`${what} failed: ${firstLine(error)}`));
    thread.once('exit', (code) => fail(`the ${what} thread ended with ${code} before it had an answer`));
  });

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 300);
