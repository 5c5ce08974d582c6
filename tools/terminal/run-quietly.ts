import { execFile } from 'node:child_process';

/** `output` is what was printed on both streams, `printed` what on the first. */
export type Outcome = Readonly<{ ok: boolean; output: string; printed: string }>;

export type QuietOptions = Readonly<{
  timeoutMs?: number;
  environment?: Readonly<Record<string, string | undefined>>;
}>;

/** Runs a short command and returns what it printed; never throws. */
export const runQuietly = (
  command: string,
  commandArguments: readonly string[],
  { timeoutMs = 10_000, environment = {} }: QuietOptions = {},
): Promise<Outcome> =>
  new Promise((done) =>
    execFile(
      command,
      [...commandArguments],
      { timeout: timeoutMs, killSignal: 'SIGKILL', env: { ...process.env, ...environment } },
      (error, out, err) =>
        done({
          ok: error === null,
          output: `${out}${err}`.trim() || (error?.message ?? ''),
          printed: out,
        }),
    ),
  );
