import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export type CommandOptions = Readonly<{
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
  /** Each line of what it says on stderr, and of stdout unless that is read. */
  onLine?: (line: string) => void;
  /** Reads stdout as it comes. */
  read?: (stdout: Readable) => Promise<void>;
}>;

/** A command that ended badly, in its own words. */
export class CommandFailedError extends Error {
  constructor(
    command: string,
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`${command} ended with ${exitCode ?? 'a signal'}: ${output.trimEnd().slice(-2000)}`);
    this.name = 'CommandFailedError';
  }
}

const KEPT_BYTES = 256 * 1024;

/** Runs a program of this machine to its end; answers what it wrote. Throws CommandFailedError. */
export const runCommand = async (
  program: string,
  args: readonly string[],
  { env, cwd, onLine, read }: CommandOptions = {},
): Promise<string> => {
  const child = spawn(program, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(env ? { env: { ...env } as NodeJS.ProcessEnv } : {}),
    ...(cwd === undefined ? {} : { cwd }),
  });
  let output = '';
  const collect = (stream: Readable): void => {
    let partial = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-KEPT_BYTES);
      const lines = `${partial}${text}`.split('\n');
      partial = lines.pop() ?? '';
      lines.forEach((line) => onLine?.(line));
    });
  };
  collect(child.stderr);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (!read) collect(child.stdout);
  const [exitCode] = await Promise.all([
    ended,
    read?.(child.stdout).catch((error: unknown) => {
      child.kill();
      throw error;
    }),
  ]);
  if (exitCode !== 0) throw new CommandFailedError(`${program} ${args.join(' ')}`, exitCode, output);
  return output;
};
