import type { ClientEnvironment } from '../client/client-environment.ts';

/** Milliseconds from a task's assignment to the end of each phase of its start, as its worker recorded them. */
export type StartPhases = Readonly<Record<string, number>>;

type TaskPage = Readonly<{
  items: readonly Readonly<{ createdAt: string; readyAt?: string; phases?: Record<string, number> }>[];
}>;

/** What the public API tells of the tasks that began since. `created_to_ready` is the scheduler's own view of the start. */
export const readStartPhases = async (
  environment: ClientEnvironment,
  sinceMs: number,
): Promise<readonly StartPhases[]> => {
  const pair = `${environment.MODAL_TOKEN_ID}:${environment.MODAL_TOKEN_SECRET}`;
  const answer = await fetch(`${environment.MODAL_SERVER_URL}/v1/tasks?limit=100`, {
    headers: { authorization: `Bearer ${pair}` },
  });
  if (!answer.ok) throw new Error(`GET /v1/tasks answered ${answer.status}: ${await answer.text()}`);
  const { items } = (await answer.json()) as TaskPage;
  return items
    .filter(({ createdAt, phases }) => Date.parse(createdAt) >= sinceMs && phases !== undefined)
    .map(({ createdAt, readyAt, phases }) => ({
      ...phases,
      ...(readyAt === undefined ? {} : { 'created-to-ready': Date.parse(readyAt) - Date.parse(createdAt) }),
    }));
};
