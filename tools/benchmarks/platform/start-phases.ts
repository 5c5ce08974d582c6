import type { ClientEnvironment } from '../client/client-environment.ts';
import { publicApiOf } from './public-api-of.ts';

/** Milliseconds from a task's assignment to the end of each phase of its start, as its worker recorded them. */
export type StartPhases = Readonly<Record<string, number>>;

type TaskPage = Readonly<{
  items: readonly Readonly<{ createdAt: string; readyAt?: string; phases?: Record<string, number> }>[];
}>;

/** What the public API tells of an app's tasks that began since. `created_to_ready` is the scheduler's own view of the start. */
export const readStartPhases = async (
  environment: ClientEnvironment,
  appId: string,
  sinceMs: number,
): Promise<readonly StartPhases[]> => {
  const { items } = (await publicApiOf(environment).get(`/tasks?app=${appId}&limit=500`)) as TaskPage;
  return items
    .filter(({ createdAt, phases }) => Date.parse(createdAt) >= sinceMs && phases !== undefined)
    .map(({ createdAt, readyAt, phases }) => ({
      ...phases,
      ...(readyAt === undefined ? {} : { 'created-to-ready': Date.parse(readyAt) - Date.parse(createdAt) }),
    }));
};
