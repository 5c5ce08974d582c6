import { takeOverName, type Caller, type NamedApp } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import type { AppId, AppView, WorkspaceId } from '@slipway/contracts';
import type { WebRouteRow } from '../../store/web-entities.js';
import type { NewWebRoute } from '../../store/web-routes.js';
import type { RpcParts } from '../rpc-parts.js';

type Named = Readonly<{ workspaceId: WorkspaceId; appId: AppId; environment: string }>;

/** Whether a name that another deployment serves is taken, as the newest one does, or left, as what serves once more does. */
export type OthersNames = 'take' | 'leave';

/** A name that a route may have, from the holder that it has now. */
export type FreeName = Readonly<{ route: NewWebRoute; holder: WebRouteRow | undefined }>;

/** Why a name stays with its holder: it is another workspace's, the caller may not take it, or the app is one that does not. */
export type StaysWith = Readonly<{ holder: WebRouteRow; because: 'foreign' | 'refuse' | 'leave' }>;

const isDomain = ({ host }: NewWebRoute): boolean => host.includes('.');

const appOf = async ({ bus }: Pick<RpcParts, 'bus'>, named: Named): Promise<NamedApp> => {
  const { workspaceId, appId, environment } = named;
  const app = await bus
    .request('scheduler.get-app', { workspaceId, appId })
    .catch((error: unknown): Partial<AppView> => {
      if (error instanceof RefusedError) return { state: 'stopped' };
      throw error;
    });
  const hasEnded = app.state === 'stopped' || app.state === 'stopping';
  return { appId, environment, lifetime: app.lifetime, hasEnded };
};

/**
 * Whether a route may have a name that `holder` has, and changes nothing. A label that nobody is served under is free; a domain
 * stays its workspace's, but for who has shown that it is theirs.
 */
export const planName = async (
  parts: Pick<RpcParts, 'bus'>,
  caller: Caller,
  route: NewWebRoute,
  holder: WebRouteRow | undefined,
  others: OthersNames,
): Promise<FreeName | StaysWith> => {
  if (holder === undefined) return { route, holder };
  if (holder.functionId === route.functionId && holder.method === route.method)
    return { route: { ...route, stolen: holder.stolen }, holder };
  const holding = await appOf(parts, holder);
  const isServed = !holding.hasEnded && holder.appId !== route.appId;
  if (isServed && holding.lifetime === 'deployed' && others === 'leave') return { holder, because: 'leave' };
  if (holder.workspaceId === route.workspaceId && (!holding.hasEnded || isDomain(route))) {
    const outcome = takeOverName(caller, holding, await appOf(parts, route));
    if (outcome !== 'take') return { holder, because: outcome };
  } else if (isServed && !isDomain(route)) return { holder, because: 'foreign' };
  return { route: { ...route, stolen: isServed }, holder };
};
