import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

/** The exit code of a child process as a shell would say it. */
export const exitCodeOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
