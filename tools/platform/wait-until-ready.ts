import { setTimeout as sleep } from 'node:timers/promises';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import type { ProcessStatus } from '../supervisor/process-status.ts';
import { CommandFailed } from '../terminal/run-logged.ts';
import type { Say } from '../terminal/steps.ts';
import type { Home } from './home.ts';
import { lastLines } from './last-lines.ts';

const pollMs = 100;

export type Wait = Readonly<{ wanted: (status: ProcessStatus) => boolean; timeoutMs: number; say: Say }>;

/** Waits until every wanted process of the platform can serve, and returns them. */
export const waitUntilReady = async (
  home: Home,
  { wanted, timeoutMs, say }: Wait,
): Promise<ProcessStatus[]> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const state = await askSupervisor(home.folder, { command: 'status' });
    if (!state) throw new Error('the supervisor is gone');
    const processes = state.processes.filter(wanted);
    const late = processes.filter(({ health }) => health !== 'ready');
    if (late.length === 0) return processes;
    if (Date.now() > deadline) throw notReady(late, timeoutMs);
    say(`waiting for ${late.map(({ name }) => name).join(', ')}`);
    await sleep(pollMs);
  }
};

const notReady = (late: readonly ProcessStatus[], timeoutMs: number): CommandFailed => {
  const reasons = late.map(({ name, health }) => `${name}: ${health}`).join('\n');
  const first = late[0]!;
  return new CommandFailed(
    late.map(({ name }) => name).join(', '),
    `not ready after ${timeoutMs / 1000} s`,
    first.log,
    `${reasons}\n\nThe last lines of ${first.name}:\n${lastLines(first.log, 30)}`,
  );
};
