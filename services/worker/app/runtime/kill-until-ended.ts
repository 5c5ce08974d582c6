import { setTimeout as pause } from 'node:timers/promises';
import type { ContainerRuntime, RunningContainer } from './container-runtime.js';

const AGAIN_MS = 200;

/** Kills all of a container until it has ended: one that the runtime is still creating stands in no list yet, and a kill misses it. */
export const killUntilEnded = async (
  runtime: Pick<ContainerRuntime, 'kill'>,
  id: string,
  exited: RunningContainer['exited'],
): Promise<void> => {
  const over = new AbortController();
  const end = (): void => over.abort();
  exited.then(end, end);
  do {
    await runtime.kill(id, 'SIGKILL', 'everyone');
    await pause(AGAIN_MS, undefined, { signal: over.signal }).catch(() => undefined);
  } while (!over.signal.aborted);
};
