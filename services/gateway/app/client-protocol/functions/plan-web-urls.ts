import type { Caller } from '@slipway/gateway-core';
import type { AppId, FunctionId } from '@slipway/contracts';
import { refuse, RefusedError, type Refusal } from '@slipway/kernel';
import type { NewWebRoute } from '../../store/web-routes.js';
import type { RpcParts } from '../rpc-parts.js';
import { planName, type FreeName, type OthersNames, type StaysWith } from './plan-name.js';
import { wantedNames, type NamingPlace, type WantedNames, type WebDefinition } from './wanted-names.js';

export type NamingParts = Pick<
  RpcParts,
  'bus' | 'webRoutes' | 'webAddresses' | 'workspaces' | 'environments'
>;

/** A name that an endpoint does not get. */
export type MissedName = Readonly<{ warning: string; refusal?: Refusal }>;

export type WebPlan = Readonly<{ names: readonly FreeName[]; missed: readonly MissedName[] }>;

export const namingPlace = async (
  { bus, workspaces, environments }: NamingParts,
  { workspaceId }: Caller,
  appId: AppId,
): Promise<NamingPlace> => {
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const { name: workspaceName } = await workspaces.get(workspaceId);
  const { webSuffix } = await environments.get(workspaceId, app.environment);
  return { app, workspaceName, webSuffix };
};

/** The names that a function's endpoints would now get, and those that they would miss. Takes none. */
export const planWebUrls = async (
  parts: NamingParts,
  caller: Caller,
  place: NamingPlace,
  functionId: FunctionId,
  definition: WebDefinition,
  others: OthersNames,
): Promise<WebPlan> => {
  const names: FreeName[] = [];
  const missed: MissedName[] = [];
  for (const wanted of wantedNames(place, functionId, definition)) {
    const label = await planLabel(parts, caller, wanted, others);
    names.push(...label.names);
    missed.push(...label.missed);
    for (const domain of wanted.domains) {
      const planned = await planDomain(parts, caller, { ...wanted.endpoint, host: domain }, others);
      if ('route' in planned) names.push(planned);
      else missed.push(planned);
    }
  }
  return { names, missed };
};

/** The label, or where another app keeps it, the one with a mark: what serves once more is told of a new one. */
const planLabel = async (
  parts: NamingParts,
  caller: Caller,
  { endpoint, label, truncated, markedLabel }: WantedNames,
  others: OthersNames,
): Promise<WebPlan> => {
  const { webRoutes } = parts;
  const route = { ...endpoint, host: label, truncated };
  const planned = await planName(parts, caller, route, await webRoutes.find(label), others);
  if ('route' in planned) return { names: [planned], missed: [] };
  const names = [{ route: { ...endpoint, host: markedLabel, truncated: true }, holder: undefined }];
  const isKnown = (await webRoutes.find(markedLabel))?.functionId === endpoint.functionId;
  const warning = `The label '${label}' is another app's by now: '${endpoint.functionTag}' answers under '${markedLabel}'.`;
  return { names, missed: others === 'leave' && !isKnown ? [{ warning }] : [] };
};

const planDomain = async (
  parts: NamingParts,
  caller: Caller,
  route: NewWebRoute,
  others: OthersNames,
): Promise<FreeName | MissedName> => {
  const { webRoutes, webAddresses } = parts;
  const { host: domain, workspaceId } = route;
  const holder = await webRoutes.find(domain);
  const refusal =
    webAddresses.refuseDomain(domain) ??
    (await webAddresses.refuseClaim(domain, workspaceId, holder?.workspaceId).catch(refusalOf));
  if (refusal) return refused(route, refusal);
  const planned = await planName(parts, caller, route, holder, others);
  if ('route' in planned) return planned;
  return planned.because === 'refuse'
    ? refused(route, ofAnotherEnvironment(domain, planned))
    : { warning: staysThere(route, planned) };
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof RefusedError) return error.refusal;
  throw error;
};

const refused = ({ functionTag, host }: NewWebRoute, refusal: Refusal): MissedName => ({
  refusal,
  warning: `'${functionTag}' does not answer under the domain '${host}'. ${refusal.message}`,
});

const ofAnotherEnvironment = (domain: string, { holder }: StaysWith): Refusal =>
  refuse(
    'forbidden',
    'domain-of-another-environment',
    `The domain '${domain}' is an app's of environment '${holder.environment}', where you may change nothing. Who may can release it: \`DELETE /v1/domains/${domain}\`.`,
  );

const staysThere = ({ host, workspaceId, functionTag }: NewWebRoute, { holder }: StaysWith): string => {
  const where =
    holder.workspaceId === workspaceId
      ? `what is deployed in environment '${holder.environment}'`
      : 'another workspace';
  return `The domain '${host}' stays with ${where}: '${functionTag}' answers under its own URL.`;
};
