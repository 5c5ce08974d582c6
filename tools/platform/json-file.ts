import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the file holds; undefined where there is none. */
export const readJson = <T>(path: string): T | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;

/** Replaces the file in one step, so that a reader never sees half of it. */
export const replaceFile = (path: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
};

/** Replaces the file by `value` as JSON. */
export const writeJson = (path: string, value: unknown, mode = 0o644): void =>
  replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, mode);
