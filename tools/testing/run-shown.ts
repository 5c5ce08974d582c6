import { spawn } from 'node:child_process';

/**
 * Runs a suite with its output on the terminal, and returns what it printed and whether it exited with 0. `quiet`
 * shows only its standard error, for a suite whose standard output is a report.
 */
export const runShown = (
  command: string,
  words: readonly string[],
  options: Readonly<{ folder: string; environment?: Readonly<Record<string, string>>; quiet?: true }>,
): Promise<Readonly<{ ok: boolean; output: string }>> =>
  new Promise((done, fail) => {
    const child = spawn(command, words, {
      cwd: options.folder,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      if (!options.quiet) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    child.once('error', fail);
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
