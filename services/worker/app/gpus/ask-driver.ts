import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DRIVER_QUERY, readDriverReport, type DriverReport } from '@slipway/worker-core';
import { CommandFailedError, runCommand } from '../command/run-command.js';
import type { WorkerConfig } from '../config.js';

/** `silent`: there is no driver here. `failed`: there is one, and it says why it does not work. */
export type DriverAnswer =
  | Readonly<{ kind: 'silent' }>
  | Readonly<{ kind: 'failed'; why: string }>
  | Readonly<{
      kind: 'answered';
      report: DriverReport;
      /** nvidia-smi, and the folders in which it was let look for the driver's libraries. */
      program: string;
      libraries: readonly string[];
    }>;

/** Where images of virtual machines put the driver without naming it in PATH. */
const ALSO = ['/usr/bin', '/usr/local/nvidia/bin', '/opt/nvidia/bin'];

/** A driver that has failed may hang, and a program that waits for it may not be killed: the host serves without its GPUs then. */
const ANSWERS_WITHIN_MS = 60_000;

/** Asks NVIDIA's driver for this machine's GPUs. */
export const askDriver = async (
  folders: WorkerConfig['hostFolders'],
  withinMs = ANSWERS_WITHIN_MS,
): Promise<DriverAnswer> => {
  const program = [...folders.programs, ...ALSO].map((folder) => join(folder, 'nvidia-smi')).find(runs);
  if (program === undefined) return { kind: 'silent' };
  const libraries = [...folders.libraries, ...besideProgram(program)];
  try {
    const asked = runCommand(program, DRIVER_QUERY, {
      env: { PATH: folders.programs.join(':'), LD_LIBRARY_PATH: libraries.join(':') },
      timeoutMs: withinMs + 1_000,
    });
    const timer = new AbortController();
    const over = pause(withinMs, undefined, { signal: timer.signal }).catch(() => undefined);
    const answer = await Promise.race([asked, over]).finally(() => timer.abort());
    if (answer === undefined) {
      asked.catch(() => undefined);
      return { kind: 'failed', why: `${program} has not answered within ${withinMs / 1000} s` };
    }
    const report = readDriverReport(answer);
    if (report !== undefined) return { kind: 'answered', report, program, libraries };
    return { kind: 'failed', why: `${program} names no GPU: ${answer.trim()}` };
  } catch (error) {
    if (error instanceof CommandFailedError) return { kind: 'failed', why: error.message };
    throw error;
  }
};

/** A driver in a folder of its own keeps its libraries beside its programs. */
const besideProgram = (program: string): readonly string[] => {
  const prefix = dirname(dirname(program));
  return prefix === '/' || prefix === '/usr' ? [] : ['lib64', 'lib'].map((name) => join(prefix, name));
};

const runs = (program: string): boolean => {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
