import type { WebEndpoint, WebEndpoints } from '@slipway/contracts';

/** A function's or a method's web endpoint as the client defines it; times in seconds. */
export type WebhookRequest = Readonly<{
  /** 0 none, 1 ASGI, 2 function, 3 WSGI, 4 web server. */
  type: number;
  webServerPort: number;
  webServerStartupTimeout: number;
  requiresProxyAuth: boolean;
}>;

/** What a server function says of its port; times in seconds. */
export type ServerRequest = Readonly<{
  port: number;
  startupTimeout: number;
  exitGracePeriod: number;
  h2Enabled: boolean;
  unauthenticated: boolean;
  /** Set where the image's own command is the server. */
  liftAndShiftConfig?: object | undefined;
}>;

export type WebRequest = Readonly<{
  isServer?: boolean;
  webhookConfig?: WebhookRequest | undefined;
  httpConfig?: ServerRequest | undefined;
  methodDefinitions?: Readonly<Record<string, Readonly<{ webhookConfig?: WebhookRequest | undefined }>>>;
}>;

const KINDS: Readonly<Record<number, WebEndpoint['kind']>> = {
  1: 'asgi',
  2: 'function',
  3: 'wsgi',
  4: 'web-server',
};

const DEFAULT_STARTUP_SECONDS = 30;

const endpointOf = (webhook: WebhookRequest | undefined): WebEndpoint | undefined => {
  const kind = webhook && KINDS[webhook.type];
  if (webhook === undefined || kind === undefined) return undefined;
  return {
    kind,
    ...(kind === 'web-server' ? { port: webhook.webServerPort } : {}),
    http2: false,
    startupTimeoutMs: Math.round((webhook.webServerStartupTimeout || DEFAULT_STARTUP_SECONDS) * 1000),
    exitGraceMs: 0,
    requiresProxyAuth: webhook.requiresProxyAuth,
  };
};

const serverOf = (server: ServerRequest): WebEndpoint => ({
  kind: 'server',
  port: server.port,
  http2: server.h2Enabled,
  startupTimeoutMs: (server.startupTimeout || DEFAULT_STARTUP_SECONDS) * 1000,
  exitGraceMs: server.exitGracePeriod * 1000,
  requiresProxyAuth: !server.unauthenticated,
  ...(server.liftAndShiftConfig === undefined ? {} : { startedBy: 'image' }),
});

/** What of a function answers HTTP, itself or its methods; nothing for most functions. */
export const readWebEndpoints = (request: WebRequest): WebEndpoints => {
  const web =
    request.isServer && request.httpConfig ? serverOf(request.httpConfig) : endpointOf(request.webhookConfig);
  const methods = Object.entries(request.methodDefinitions ?? {}).flatMap(([name, { webhookConfig }]) => {
    const endpoint = endpointOf(webhookConfig);
    return endpoint === undefined ? [] : [[name, endpoint] as const];
  });
  return {
    ...(web === undefined ? {} : { web }),
    ...(methods.length === 0 ? {} : { webMethods: Object.fromEntries(methods) }),
  };
};
