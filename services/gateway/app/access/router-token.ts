import type { EnvironmentChoice, TaskId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { readJwt, signJwt } from './jwt.js';

/** Clients fetch another one when less than 30 s are left, or when one is refused. */
const LIFE_SECONDS = 10 * 60;
const USE = 'command-router';

/** To one container, whatever else its bearer may ask elsewhere; commands get secrets of the environments that the bearer may read. */
export type RouterToken = Readonly<{
  taskId: TaskId;
  workspaceId: WorkspaceId;
  readable: EnvironmentChoice;
}>;

export const issueRouterToken = (
  signingKey: string,
  { taskId, workspaceId, readable }: RouterToken,
  at: Instant,
): string =>
  signJwt(signingKey, USE, { taskId, workspaceId, readable, exp: Math.floor(at / 1000) + LIFE_SECONDS });

/** Undefined when it is not ours or is over. */
export const readRouterToken = (signingKey: string, token: string, at: Instant): RouterToken | undefined => {
  const claims = readJwt(signingKey, USE, token);
  if (claims === undefined || Number(claims['exp']) * 1000 <= at) return undefined;
  // One that was made before tokens said so: its commands go on, without secrets.
  const readable = (claims['readable'] as EnvironmentChoice | undefined) ?? { only: [] };
  return { taskId: String(claims['taskId']), workspaceId: String(claims['workspaceId']), readable };
};
