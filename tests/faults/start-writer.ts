import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Writer = Readonly<{
  /** The versions that it has said to be committed, as they come. */
  acknowledged: readonly number[];
  kill(): void;
  /** When it has ended, by itself or not; what it said on its standard error where it failed. */
  ended: Promise<string>;
}>;

/** Starts a writer of volume-writer.ts; `onLine` is called for each commit, 0 standing for its readiness. */
export const startWriter = (words: readonly string[], onLine: (lines: number) => void): Writer => {
  const program = fileURLToPath(new URL('./volume-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  const acknowledged: number[] = [];
  let lines = 0;
  createInterface({ input: writer.stdout }).on('line', (line) => {
    if (line !== 'ready') acknowledged.push(Number(line));
    onLine(lines);
    lines += 1;
  });
  let trouble = '';
  writer.stderr.on('data', (bytes: Buffer) => {
    trouble += bytes.toString();
  });
  const ended = new Promise<string>((resolve) =>
    writer.once('close', (code) => resolve(code === 0 || code === null ? '' : `exit ${code}: ${trouble}`)),
  );
  return { acknowledged, kill: () => void writer.kill('SIGKILL'), ended };
};
