import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import type { OciProcess } from '@slipway/worker-core';
import { exitCodeOf } from './exit-code.js';
import { writeForRuntime } from './write-for-runtime.js';
import type { RunningExec } from './container-runtime.js';

export type ExecInContainer = Readonly<{
  binary: string;
  flags: readonly string[];
  id: string;
  file: string;
  process: OciProcess;
  /** What makes the runtime write down the id by which `kill` reaches the program. */
  pidFlag: string;
  kill: (pid: number) => Promise<void>;
}>;

/** Starts a further program by the runtime's own `exec`, which stays in the foreground and ends with the program's exit code. */
export const execInContainer = async ({
  binary,
  flags,
  id,
  file,
  process: program,
  pidFlag,
  kill,
}: ExecInContainer): Promise<RunningExec> => {
  await writeForRuntime(file, program);
  const pidFile = `${file}.pid`;
  const words = [binary, ...flags, 'exec', '--process', file, pidFlag, pidFile, id];
  const child = program.terminal ? spawnInTerminal(words, program) : spawnPlain(words);
  const exited = exitCodeOf(child);
  const cleared = (): Promise<unknown> =>
    Promise.all([file, pidFile].map((path) => rm(path, { force: true }).catch(() => undefined)));
  exited.then(cleared, cleared);
  await Promise.race([once(child, 'spawn'), exited]);
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    kill: async () => {
      const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
      if (pid > 0) await kill(pid);
      else endGroup(child);
    },
  };
};

const spawnPlain = ([program = '', ...words]: readonly string[]): ChildProcessWithoutNullStreams =>
  spawn(program, words, { stdio: 'pipe', detached: true });

/**
 * The runtime takes the terminal that it is started in, which `script` makes: a pair of pseudo-terminals between our pipes
 * and the program. The end of our pipe becomes the character that ends input (Ctrl-D).
 */
const spawnInTerminal = (
  words: readonly string[],
  { consoleSize }: OciProcess,
): ChildProcessWithoutNullStreams => {
  const { height, width } = consoleSize ?? { height: 24, width: 80 };
  const command = `stty sane rows ${height} columns ${width}; exec ${words.map(quoted).join(' ')}`;
  return spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    stdio: 'pipe',
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', SHELL: '/bin/sh', TERM: 'dumb' },
  });
};

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

const endGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
};
