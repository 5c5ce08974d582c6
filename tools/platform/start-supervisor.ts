import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import type { Home } from './home.ts';
import { isSetting } from './operator-settings.ts';

const startMs = 60_000;
const pollMs = 30;
// What belongs to the shell that happened to start the platform, not to the platform.
const notInherited = [
  'NODE_OPTIONS',
  'MODAL_SERVER_URL',
  'MODAL_TOKEN_ID',
  'MODAL_TOKEN_SECRET',
  'VIRTUAL_ENV',
];

/** Starts the daemon of this home unless it runs; true when it was started. */
export const startSupervisor = async (home: Home): Promise<boolean> => {
  if (await askSupervisor(home.folder, { command: 'status' })) return false;
  mkdirSync(home.logs, { recursive: true });
  const log = join(home.logs, 'supervisor.log');
  const output = openSync(log, 'a');
  const program = join(home.checkout, 'tools/supervisor/main.ts');
  const environment = { ...process.env };
  // Settings are of a plan: the next one may be without them.
  for (const name of Object.keys(environment))
    if (notInherited.includes(name) || isSetting(name)) delete environment[name];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, home.folder], {
    cwd: home.folder,
    env: environment,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const deadline = Date.now() + startMs;
  while (!(await askSupervisor(home.folder, { command: 'status' }))) {
    if (ended) throw new Error(`the supervisor ended at once; see ${log}`);
    if (Date.now() > deadline)
      throw new Error(`the supervisor did not answer within ${startMs} ms; see ${log}`);
    await sleep(pollMs);
  }
  child.unref();
  return true;
};
