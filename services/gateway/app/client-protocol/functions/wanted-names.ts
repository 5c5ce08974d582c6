import { markedLabel, readWebEndpoints, webLabel } from '@slipway/gateway-core';
import type { AppView, FunctionId, WebEndpoint } from '@slipway/contracts';
import type { HTTPConfig, MethodDefinition, WebhookConfig } from '@slipway/protocol';
import type { NewWebRoute } from '../../store/web-routes.js';
import { classParameters } from './class-parameters.js';

/** A function as it is announced or defined, as far as its web endpoints go. */
export type WebDefinition = Readonly<{
  functionName: string;
  webhookConfig?: WebhookConfig | undefined;
  methodDefinitions: Readonly<Record<string, MethodDefinition>>;
  isServer?: boolean;
  httpConfig?: HTTPConfig | undefined;
  timeoutSecs?: number;
  classParameterInfo?: Buffer | undefined;
}>;

/** What the names of an app's functions are made of. */
export type NamingPlace = Readonly<{ app: AppView; workspaceName: string; webSuffix: string }>;

/** An endpoint, and the names that it would have. */
export type WantedNames = Readonly<{
  endpoint: Omit<NewWebRoute, 'host' | 'truncated' | 'stolen'>;
  label: string;
  truncated: boolean;
  /** The label where the first one is another app's. */
  markedLabel: string;
  domains: readonly string[];
}>;

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

export const hasEndpoints = (definition: WebDefinition): boolean => endpointsOf(definition).length > 0;

/** Nothing for most functions. */
export const wantedNames = (
  { app, workspaceName, webSuffix }: NamingPlace,
  functionId: FunctionId,
  definition: WebDefinition,
): readonly WantedNames[] => {
  const hasParameters = classParameters(definition).length > 0;
  return endpointsOf(definition).map(({ method, endpoint, webhook }) => {
    const tag = [definition.functionName.replace(/\.\*$/, ''), method].filter(Boolean).join('.');
    const appName = app.name ?? app.description;
    const { label, truncated } = webLabel({
      workspaceName,
      environment: webSuffix,
      appName,
      functionName: tag,
      requestedLabel: webhook?.requestedSuffix ?? '',
      ...(app.lifetime === 'deployed' ? {} : { suffix: webhook?.ephemeralSuffix ?? '' }),
    });
    return {
      endpoint: {
        functionId,
        method,
        workspaceId: app.workspaceId,
        environment: app.environment,
        appId: app.appId,
        functionTag: `${tag} of ${appName}`,
        kind: endpoint.kind,
        requiresProxyAuth: endpoint.requiresProxyAuth,
        timeoutMs: (definition.timeoutSecs ?? 0) * 1000 || DEFAULT_TIMEOUT_MS,
        classParameters: hasParameters ? (definition.classParameterInfo?.toString('base64') ?? null) : null,
      },
      label,
      truncated,
      markedLabel: markedLabel(label, `${app.workspaceId}/${functionId}/${method}`),
      domains: (webhook?.customDomains ?? []).map(({ name }) => name.toLowerCase()),
    };
  });
};
