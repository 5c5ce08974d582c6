import { spawn } from 'node:child_process';
import { join } from 'node:path';

const programs = join(import.meta.dirname, '..', 'programs');

export const programPath = (name: string): string => join(programs, name);

/** Runs a program to its end and returns its standard output. Throws with the end of its standard error. */
export const runProgram = (
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string = programs,
): Promise<string> =>
  new Promise((done, fail) => {
    const child = spawn(command, words, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done(output);
      else
        fail(
          new Error(
            `${[command, ...words].join(' ')} exited with code ${code}:\n${`${output}${errors}`.slice(-2_000)}`,
          ),
        );
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
