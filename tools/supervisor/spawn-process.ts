import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { ProcessLog } from './process-log.ts';
import type { ProcessSpec } from './process-spec.ts';

/** Starts the program of a process. It prints to the log; `inherited` are the sockets it finds from descriptor 3 on. */
export const spawnProcess = (
  spec: ProcessSpec,
  log: ProcessLog,
  inherited: readonly number[],
): ChildProcess => {
  const output = log.open();
  try {
    return spawn(spec.command, spec.arguments, {
      cwd: spec.folder,
      env: { ...process.env, ...spec.environment, ...(inherited.length > 0 ? { LISTEN_FDS: '1' } : {}) },
      stdio: ['ignore', output, output, ...inherited],
      // A group of its own: a signal typed at the terminal does not reach it, and all of it can be killed at once.
      detached: true,
    });
  } finally {
    if (output !== 'ignore') closeSync(output);
  }
};
