import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Home } from '../../platform/home.ts';

/** The environment in which the real client reaches a platform. */
export type ClientEnvironment = Readonly<Record<string, string>> &
  Readonly<{ MODAL_SERVER_URL: string; MODAL_TOKEN_ID: string; MODAL_TOKEN_SECRET: string }>;

/** What a shell's environment is after `source <home>/env`. */
export const readClientEnvironment = async (home: Home): Promise<ClientEnvironment> => {
  const { stdout } = await promisify(execFile)('sh', ['-c', '. "$1" && env -0', 'sh', home.environmentFile]);
  const pairs = stdout
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(pairs) as ClientEnvironment;
};
