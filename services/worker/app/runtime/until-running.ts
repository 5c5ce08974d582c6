import { setTimeout as pause } from 'node:timers/promises';
import { runCommand } from '../command/run-command.js';

const LOOK_AGAIN_MS = 30;

/** Settles when the runtime says that the container's program runs, or when `over` says that nobody waits any more. */
export const untilRunning = async (
  binary: string,
  globalFlags: readonly string[],
  id: string,
  over: AbortSignal,
): Promise<void> => {
  while (!over.aborted) {
    const told = await runCommand(binary, [...globalFlags, 'state', id]).catch(() => '{}');
    if ((JSON.parse(told) as { status?: string }).status === 'running') return;
    await pause(LOOK_AGAIN_MS);
  }
};
