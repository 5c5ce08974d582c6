import type { AppId } from '@slipway/contracts';
import type { Caller } from '@slipway/gateway-core';
import type { NewWebRoute } from '../../store/web-routes.js';
import type { OthersNames } from '../functions/plan-name.js';
import { namingPlace, planWebUrls, type NamingParts } from '../functions/plan-web-urls.js';
import type { RpcParts } from '../rpc-parts.js';
import { definedFunctions } from './defined-functions.js';
import { isEndpoint } from './is-endpoint.js';

export type ServingParts = NamingParts & Pick<RpcParts, 'objects'>;

/** Gives the endpoints that an app serves their names, and lets go of all others of the app. Tells of names that they do not get. */
export const serveNames = async (
  parts: ServingParts,
  caller: Caller,
  appId: AppId,
  others: OthersNames,
): Promise<readonly string[]> => {
  const { workspaceId } = caller;
  const { webRoutes } = parts;
  const place = await namingPlace(parts, caller, appId);
  const served = await definedFunctions(parts, { workspaceId, appId }, { isWanted: isEndpoint });
  const hosts = new Set<string>();
  const warnings: string[] = [];
  for (const { view, definition } of served) {
    const plan = await planWebUrls(parts, caller, place, view.functionId, definition, others);
    for (const { route, holder } of plan.names) {
      if (hosts.has(route.host) || (await webRoutes.claim(route, holder))) warnings.push(isTaken(route));
      else hosts.add(route.host);
    }
    // Of what stays with others a deployment was told when it was announced.
    const news = others === 'leave' ? plan.missed : plan.missed.filter(({ refusal }) => refusal);
    warnings.push(...news.map(({ warning }) => warning));
  }
  await webRoutes.keepOnly(appId, [...hosts]);
  const { version } = await parts.bus.request('scheduler.get-app', { workspaceId, appId });
  // A version that was published meanwhile has the last word, whoever published it.
  return version === place.app.version ? warnings : serveNames(parts, caller, appId, others);
};

const isTaken = ({ functionTag, host }: NewWebRoute): string =>
  `'${functionTag}' does not answer under '${host}', which another endpoint has: give one of them another name and deploy again.`;
