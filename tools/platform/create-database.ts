import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Installed } from '../install/installed.ts';
import { runLogged } from '../terminal/run-logged.ts';
import type { Home } from './home.ts';
import { postgresCommand } from './postgres-command.ts';
import type { Secrets } from './secrets.ts';

/** Makes the data folder with the database `slipway` in it, unless it is there; true when it was made. */
export const createDatabase = async (
  home: Home,
  secrets: Secrets,
  postgres: Installed,
  log: string,
): Promise<boolean> => {
  const data = join(home.data, 'postgres');
  if (existsSync(data)) return false;
  const draft = `${data}.draft`;
  const password = `${draft}.password`;
  mkdirSync(dirname(data), { recursive: true });
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(password, secrets.postgresPassword, { mode: 0o600 });
  try {
    await runProgram(join(postgres.path, 'initdb'), log, undefined, [
      `--pgdata=${draft}`,
      '--username=slipway',
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    const create = 'CREATE DATABASE slipway OWNER slipway;\n';
    await runProgram(join(postgres.path, 'postgres'), log, create, ['--single', '-D', draft, 'postgres']);
    renameSync(draft, data);
  } finally {
    rmSync(password, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
  return true;
};

const runProgram = async (
  program: string,
  log: string,
  input: string | undefined,
  words: readonly string[],
): Promise<void> => {
  const [command, ...first] = await postgresCommand(program);
  await runLogged(command!, [...first, ...words], input === undefined ? { log } : { log, input });
};
