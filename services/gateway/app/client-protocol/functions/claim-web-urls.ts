import { markedLabel, readWebEndpoints, webLabel, type Caller } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { AppId, FunctionId, WebEndpoint, WorkspaceId } from '@slipway/contracts';
import type { HTTPConfig, MethodDefinition, WebhookConfig } from '@slipway/protocol';
import type { WebRouteRow } from '../../store/web-entities.js';
import type { RpcParts } from '../rpc-parts.js';

/** A function as it is announced or defined, as far as its web endpoints go. */
export type WebDefinition = Readonly<{
  functionName: string;
  webhookConfig?: WebhookConfig | undefined;
  methodDefinitions: Readonly<Record<string, MethodDefinition>>;
  isServer?: boolean;
  httpConfig?: HTTPConfig | undefined;
  timeoutSecs?: number;
}>;

type Parts = Pick<RpcParts, 'bus' | 'webRoutes' | 'webAddresses'>;
type Named = Readonly<{ method: string; endpoint: WebEndpoint; webhook?: WebhookConfig | undefined }>;

const DEFAULT_TIMEOUT_MS = 300_000;

/** The endpoints of a function: itself, or methods. */
const endpointsOf = (definition: WebDefinition): readonly Named[] => {
  const { web, webMethods = {} } = readWebEndpoints(definition);
  return [
    ...(web === undefined ? [] : [{ method: '', endpoint: web, webhook: definition.webhookConfig }]),
    ...Object.entries(webMethods).map(([method, endpoint]) => ({
      method,
      endpoint,
      webhook: definition.methodDefinitions[method]?.webhookConfig,
    })),
  ];
};

/** Gives a function's endpoints their names, and lets go of those that they had before. Answers nothing for most functions. */
export const claimWebUrls = async (
  { bus, webRoutes, webAddresses }: Parts,
  { workspaceId }: Caller,
  { appId, functionId }: Readonly<{ appId: AppId; functionId: FunctionId }>,
  definition: WebDefinition,
): Promise<readonly WebRouteRow[]> => {
  const endpoints = endpointsOf(definition);
  if (endpoints.length === 0) return [];
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const workspace = await webRoutes.workspace(workspaceId);
  const isEnded = async (holder: WebRouteRow): Promise<boolean> =>
    bus.request('scheduler.get-app', { workspaceId: holder.workspaceId, appId: holder.appId }).then(
      ({ state }) => state === 'stopped' || state === 'stopping',
      (error: unknown) => error instanceof RefusedError,
    );
  const hosts: string[] = [];
  for (const { method, endpoint, webhook } of endpoints) {
    const tag = [definition.functionName.replace(/\.\*$/, ''), method].filter(Boolean).join('.');
    const route = {
      functionId,
      method,
      workspaceId,
      environment: app.environment,
      appId,
      functionTag: `${tag} of ${app.name ?? app.description}`,
      kind: endpoint.kind,
      requiresProxyAuth: endpoint.requiresProxyAuth,
      timeoutMs: (definition.timeoutSecs ?? 0) * 1000 || DEFAULT_TIMEOUT_MS,
    };
    const claim = async (host: string, truncated = false, takenFrom?: WorkspaceId): Promise<boolean> => {
      const holder = await webRoutes.claim({ ...route, host, truncated });
      if (holder === undefined) return true;
      const ended = await isEnded(holder);
      const isFree = ended && !host.includes('.');
      if (!isFree && ![workspaceId, takenFrom].includes(holder.workspaceId)) return false;
      // Within a workspace the newest deployment has the name.
      const stolen = !ended && holder.appId !== appId;
      return (await webRoutes.claim({ ...route, host, truncated, stolen }, holder)) === undefined;
    };
    const { label, truncated } = webLabel({
      workspaceName: workspace.name,
      environment: app.environment === workspace.defaultEnvironment ? '' : app.environment,
      appName: app.name ?? app.description,
      functionName: tag,
      requestedLabel: webhook?.requestedSuffix ?? '',
      ...(app.lifetime === 'deployed' ? {} : { suffix: webhook?.ephemeralSuffix ?? '' }),
    });
    const marked = markedLabel(label, `${workspaceId}/${functionId}/${method}`);
    if (await claim(label, truncated)) hosts.push(label);
    else if (await claim(marked, true)) hosts.push(marked);
    for (const { name } of webhook?.customDomains ?? []) {
      const domain = name.toLowerCase();
      const heldBy = (await webRoutes.find(domain))?.workspaceId;
      const refusal =
        webAddresses.refuseDomain(domain) ?? (await webAddresses.refuseClaim(domain, workspaceId, heldBy));
      if (refusal) throw new RefusedError(refusal);
      if (!(await claim(domain, false, heldBy)))
        throw new RefusedError(
          refuse('already-exists', 'domain-taken', `Another workspace took the domain '${domain}' just now.`),
        );
      hosts.push(domain);
    }
  }
  await webRoutes.keepOnly(functionId, hosts);
  return webRoutes.ofFunction(functionId);
};
