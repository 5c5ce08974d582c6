import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientEnvironment } from '../client/client-environment.ts';
import { publicApiOf } from './public-api-of.ts';

const LOOK_EVERY_MS = 100;
const WITHIN_MS = 120_000;

type TaskPage = Readonly<{ items: readonly Readonly<{ endedAt?: string }>[] }>;

/** Waits until no container of an app lives; throws where that does not come to be. */
export const untilNoContainer = async (environment: ClientEnvironment, appId: string): Promise<void> => {
  const api = publicApiOf(environment);
  const until = Date.now() + WITHIN_MS;
  const alive = async (): Promise<number> => {
    const { items } = (await api.get(`/tasks?app=${appId}&limit=500`)) as TaskPage;
    return items.filter(({ endedAt }) => endedAt === undefined).length;
  };
  for (let left = await alive(); left > 0; left = await alive()) {
    if (Date.now() > until)
      throw new Error(`${left} containers of app ${appId} live on after ${WITHIN_MS / 1000} s`);
    await sleep(LOOK_EVERY_MS);
  }
};
