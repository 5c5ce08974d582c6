import { takeOverName, type Caller, type NamedApp } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import type { AppId, AppView, WorkspaceId } from '@slipway/contracts';
import type { WebRouteRow } from '../../store/web-entities.js';
import type { NewWebRoute } from '../../store/web-routes.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'bus' | 'webRoutes'>;
type Named = Readonly<{ workspaceId: WorkspaceId; appId: AppId; environment: string }>;

/** Why a name stays with its holder: it is another workspace's, the caller may not take it, or the app is one that does not. */
export type StaysWith = Readonly<{ holder: WebRouteRow; because: 'foreign' | 'refuse' | 'leave' }>;

const isDomain = ({ host }: NewWebRoute): boolean => host.includes('.');

const appOf = async ({ bus }: Pick<Parts, 'bus'>, named: Named): Promise<NamedApp> => {
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
 * Gives a name to a route; undefined when it has it. A label that nobody is served under is free; a domain stays its workspace's,
 * and goes to `route` from the workspace `takenFrom` alone.
 */
export const claimName = async (
  { bus, webRoutes }: Parts,
  caller: Caller,
  route: NewWebRoute,
  takenFrom?: WorkspaceId,
): Promise<StaysWith | undefined> => {
  const holder = await webRoutes.claim(route);
  if (holder === undefined) return undefined;
  const holding = await appOf({ bus }, holder);
  if (!holding.hasEnded || isDomain(route)) {
    if (holder.workspaceId === route.workspaceId) {
      const outcome = takeOverName(caller, holding, await appOf({ bus }, route));
      if (outcome !== 'take') return { holder, because: outcome };
    } else if (holder.workspaceId !== takenFrom) return { holder, because: 'foreign' };
  }
  const stolen = !holding.hasEnded && holder.appId !== route.appId;
  const quicker = await webRoutes.claim({ ...route, stolen }, holder);
  return quicker && { holder: quicker, because: 'foreign' };
};
