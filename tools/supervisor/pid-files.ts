import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../platform/json-file.ts';
import type { ProcessSpec } from './process-spec.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const noteAgainMs = 1_000;

export type PidRecord = ProcessIdentity & Pick<ProcessSpec, 'name' | 'tier' | 'stopSignal' | 'stopMs'>;

const fileOf = (folder: string, name: string): string => join(folder, `${name}.pid`);

/** Notes a started process, so that it is found again should the supervisor die. */
export const writePidFile = (folder: string, record: PidRecord): void =>
  writeJson(fileOf(folder, record.name), record);

/** Notes a process that runs; where the disk is full or away, as soon as it can be. */
export const notePatiently = (
  folder: string,
  record: PidRecord,
  onTrouble: (error: unknown) => void,
): void => {
  if (!isAlive(record)) return;
  try {
    writePidFile(folder, record);
  } catch (error) {
    onTrouble(error);
    setTimeout(() => notePatiently(folder, record, onTrouble), noteAgainMs).unref();
  }
};

/** One that cannot be removed does no harm: it names a process that is no more. */
export const removePidFile = (folder: string, name: string): void => {
  try {
    rmSync(fileOf(folder, name), { force: true });
  } catch {
    // The disk is gone, or can only be read.
  }
};

/** Every process noted in the folder, alive or not. A file cut short is of before a loss of power, which ended its process too. */
export const readPidFiles = (folder: string): PidRecord[] => {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => readOne(join(folder, file)))
    .filter((record) => record !== undefined);
};

const readOne = (file: string): PidRecord | undefined => {
  try {
    return readJson<PidRecord>(file);
  } catch {
    return undefined;
  }
};
