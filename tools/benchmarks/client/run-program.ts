import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { begunThings } from '../begun-things.ts';
import { endProgram } from './end-program.ts';

const programs = join(import.meta.dirname, '..', 'programs');

export const programPath = (name: string): string => join(programs, name);

/** Runs a program to its end, or to an interruption, and returns its standard output. Throws with the end of its standard error. */
export const runProgram = async (...told: Parameters<typeof startProgram>): Promise<string> => {
  let program: ChildProcess | undefined;
  return begunThings.during(
    async () => program && endProgram(program),
    () => outputOf((program = startProgram(...told))),
  );
};

/** The same for what takes back what a run has begun: an interruption does not end it. */
export const runToTheEnd = (...told: Parameters<typeof startProgram>): Promise<string> =>
  outputOf(startProgram(...told));

/** In a process group of its own: Ctrl-C reaches a program once, when it is its turn. */
const startProgram = (
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string = programs,
): ChildProcess =>
  spawn(command, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });

const outputOf = (child: ChildProcess): Promise<string> =>
  new Promise((done, fail) => {
    let output = '';
    let errors = '';
    child.stdout!.on('data', (chunk: Buffer) => (output += chunk));
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done(output);
      const said = `${output}${errors}`.slice(-2_000);
      fail(new Error(`${child.spawnargs.join(' ')} exited with code ${code}:\n${said}`));
    });
  });

/** Runs a Python program of this folder, which prints one JSON value as its last line. */
export const runPython = async <T>(
  name: string,
  words: readonly (string | number)[],
  environment: Readonly<Record<string, string>>,
  python = 'python',
): Promise<T> => {
  const output = await runProgram(python, [programPath(name), ...words.map(String)], environment);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? 'null') as T;
};
