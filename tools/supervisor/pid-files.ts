import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../platform/json-file.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessIdentity } from './process-identity.ts';

export type PidRecord = ProcessIdentity & Pick<ProcessSpec, 'name' | 'tier' | 'stopSignal' | 'stopMs'>;

const fileOf = (folder: string, name: string): string => join(folder, `${name}.pid`);

/** Notes a started process, so that it is found again should the supervisor die. */
export const writePidFile = (folder: string, record: PidRecord): void =>
  writeJson(fileOf(folder, record.name), record);

export const removePidFile = (folder: string, name: string): void =>
  rmSync(fileOf(folder, name), { force: true });

/** Every process noted in the folder, alive or not. */
export const readPidFiles = (folder: string): PidRecord[] => {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => readJson<PidRecord>(join(folder, file)))
    .filter((record) => record !== undefined);
};
