import { execFile } from 'node:child_process';

export class CommandFailedError extends Error {
  constructor(
    readonly command: string,
    readonly exitCode: number | undefined,
    readonly stderr: string,
  ) {
    super(`${command} failed${exitCode === undefined ? '' : ` with code ${exitCode}`}: ${stderr.trim()}`);
    this.name = 'CommandFailedError';
  }
}

const LONGEST_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs a program of the host to its end; answers its stdout, throws CommandFailedError with its stderr. */
export const runCommand = (
  program: string,
  args: readonly string[],
  options: Readonly<{
    cwd?: string;
    input?: string;
    env?: Readonly<Record<string, string | undefined>>;
    /** It is killed after that. */
    timeoutMs?: number;
  }> = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      {
        ...(options.cwd !== undefined && { cwd: options.cwd }),
        ...(options.env !== undefined && { env: { ...options.env } }),
        ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs, killSignal: 'SIGKILL' }),
        maxBuffer: LONGEST_OUTPUT_BYTES,
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve(stdout);
        const exitCode = typeof error.code === 'number' ? error.code : undefined;
        reject(
          new CommandFailedError(
            [program, ...args].join(' ').slice(0, 300),
            exitCode,
            stderr === '' ? error.message : stderr,
          ),
        );
      },
    );
    if (options.input !== undefined) child.stdin?.end(options.input);
  });

/** For what may be gone already: runs the program and does not mind when it fails. */
export const tryCommand = async (program: string, args: readonly string[]): Promise<void> => {
  await runCommand(program, args).catch(() => undefined);
};
