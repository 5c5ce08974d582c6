import { markedLabel, readWebEndpoints, webLabel, type Caller } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { AppId, FunctionId, WebEndpoint } from '@slipway/contracts';
import type { HTTPConfig, MethodDefinition, WebhookConfig } from '@slipway/protocol';
import type { WebRouteRow } from '../../store/web-entities.js';
import type { RpcParts } from '../rpc-parts.js';
import { claimName, type StaysWith } from './claim-name.js';

/** A function as it is announced or defined, as far as its web endpoints go. */
export type WebDefinition = Readonly<{
  functionName: string;
  webhookConfig?: WebhookConfig | undefined;
  methodDefinitions: Readonly<Record<string, MethodDefinition>>;
  isServer?: boolean;
  httpConfig?: HTTPConfig | undefined;
  timeoutSecs?: number;
}>;

export type ClaimParts = Pick<RpcParts, 'bus' | 'webRoutes' | 'webAddresses' | 'workspaces' | 'environments'>;
type Named = Readonly<{ method: string; endpoint: WebEndpoint; webhook?: WebhookConfig | undefined }>;

export type ClaimedUrls = Readonly<{
  routes: readonly WebRouteRow[];
  /** For whoever deploys: domains that stay where they are. */
  warnings: readonly string[];
}>;

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

const domainRefused = (domain: string, { holder, because }: StaysWith): RefusedError =>
  new RefusedError(
    because === 'refuse'
      ? refuse(
          'forbidden',
          'domain-of-another-environment',
          `The domain '${domain}' is an app's of environment '${holder.environment}', where you may change nothing. Who may can release it: \`DELETE /v1/domains/${domain}\`.`,
        )
      : refuse('already-exists', 'domain-taken', `Somebody else took the domain '${domain}' just now.`),
  );

/** Gives a function's endpoints their names, and lets go of those that they had before. Answers nothing for most functions. */
export const claimWebUrls = async (
  parts: ClaimParts,
  caller: Caller,
  { appId, functionId }: Readonly<{ appId: AppId; functionId: FunctionId }>,
  definition: WebDefinition,
): Promise<ClaimedUrls> => {
  const endpoints = endpointsOf(definition);
  if (endpoints.length === 0) return { routes: [], warnings: [] };
  const { bus, webRoutes, webAddresses, workspaces, environments } = parts;
  const { workspaceId } = caller;
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const { name: workspaceName } = await workspaces.get(workspaceId);
  const { webSuffix } = await environments.get(workspaceId, app.environment);
  const hosts: string[] = [];
  const warnings: string[] = [];
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
    const { label, truncated } = webLabel({
      workspaceName,
      environment: webSuffix,
      appName: app.name ?? app.description,
      functionName: tag,
      requestedLabel: webhook?.requestedSuffix ?? '',
      ...(app.lifetime === 'deployed' ? {} : { suffix: webhook?.ephemeralSuffix ?? '' }),
    });
    const marked = markedLabel(label, `${workspaceId}/${functionId}/${method}`);
    if (!(await claimName(parts, caller, { ...route, host: label, truncated }))) hosts.push(label);
    else if (!(await claimName(parts, caller, { ...route, host: marked, truncated: true })))
      hosts.push(marked);
    for (const { name } of webhook?.customDomains ?? []) {
      const domain = name.toLowerCase();
      const heldBy = (await webRoutes.find(domain))?.workspaceId;
      const refusal =
        webAddresses.refuseDomain(domain) ?? (await webAddresses.refuseClaim(domain, workspaceId, heldBy));
      if (refusal) throw new RefusedError(refusal);
      const stays = await claimName(parts, caller, { ...route, host: domain }, heldBy);
      if (stays === undefined) hosts.push(domain);
      else if (stays.because !== 'leave') throw domainRefused(domain, stays);
      else
        warnings.push(
          `The domain '${domain}' stays with what is deployed in environment '${stays.holder.environment}': '${route.functionTag}' answers under its own URL.`,
        );
    }
  }
  await webRoutes.keepOnly(functionId, hosts);
  return { routes: await webRoutes.ofFunction(functionId), warnings };
};
