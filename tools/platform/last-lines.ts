import { existsSync, readFileSync } from 'node:fs';

/** The end of a log; empty where there is none. */
export const lastLines = (path: string, count: number): string =>
  existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n') : '';
