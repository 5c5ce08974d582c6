import { setTimeout as sleep } from 'node:timers/promises';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import { isAlive, identityOf } from '../supervisor/process-identity.ts';
import { stopOrphans } from '../supervisor/stop-orphans.ts';
import type { Home } from './home.ts';

const pollMs = 20;

/** Stops the supervisor with all that it runs, or what a killed one left; returns the names of what ran. */
export const stopPlatform = async (home: Home): Promise<string[]> => {
  const before = await askSupervisor(home.folder, { command: 'status' });
  if (!before) return stopOrphans(home.run);
  const supervisor = identityOf(before.pid);
  await askSupervisor(home.folder, { command: 'stop' });
  while (supervisor && isAlive(supervisor)) await sleep(pollMs);
  return before.processes.filter(({ pid }) => pid !== null).map(({ name }) => name);
};
