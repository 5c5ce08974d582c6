import { execFile } from 'node:child_process';

export type Outcome = Readonly<{ ok: boolean; output: string }>;

/** Runs a short command and returns what it printed on both streams; never throws. */
export const runQuietly = (
  command: string,
  commandArguments: readonly string[],
  timeoutMs = 10_000,
): Promise<Outcome> =>
  new Promise((done) =>
    execFile(
      command,
      [...commandArguments],
      { timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, out, err) =>
        done({ ok: error === null, output: `${out}${err}`.trim() || (error?.message ?? '') }),
    ),
  );
