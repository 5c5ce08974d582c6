import { readWebEndpoints, type WebhookRequest } from './read-web-endpoint.js';

const webhook = (fields: Partial<WebhookRequest> = {}): WebhookRequest => ({
  type: 1,
  webServerPort: 0,
  webServerStartupTimeout: 0,
  requiresProxyAuth: false,
  ...fields,
});

test('a function without a web endpoint has none', () => {
  expect(readWebEndpoints({})).toEqual({});
  expect(readWebEndpoints({ webhookConfig: webhook({ type: 0 }) })).toEqual({});
});

test('a web server says its port and how long it may take to listen', () => {
  const webhookConfig = webhook({ type: 4, webServerPort: 8000, webServerStartupTimeout: 7.5 });
  expect(readWebEndpoints({ webhookConfig })).toEqual({
    web: {
      kind: 'web-server',
      port: 8000,
      http2: false,
      startupTimeoutMs: 7_500,
      exitGraceMs: 0,
      requiresProxyAuth: false,
    },
  });
});

test('a server function asks for a token unless it says otherwise', () => {
  const httpConfig = {
    port: 9000,
    startupTimeout: 5,
    exitGracePeriod: 3,
    h2Enabled: true,
    unauthenticated: false,
  };
  const web = { kind: 'server', port: 9000, http2: true, startupTimeoutMs: 5_000, exitGraceMs: 3_000 };
  expect(readWebEndpoints({ isServer: true, httpConfig })).toEqual({
    web: { ...web, requiresProxyAuth: true },
  });
  expect(readWebEndpoints({ isServer: true, httpConfig: { ...httpConfig, unauthenticated: true } })).toEqual({
    web: { ...web, requiresProxyAuth: false },
  });
});

test('a server that an image is by itself is started by the image', () => {
  const httpConfig = {
    port: 80,
    startupTimeout: 5,
    exitGracePeriod: 0,
    h2Enabled: false,
    unauthenticated: true,
    liftAndShiftConfig: {},
  };
  expect(readWebEndpoints({ isServer: true, httpConfig }).web).toMatchObject({ startedBy: 'image' });
});

test('the methods of a class that answer HTTP are named', () => {
  const methodDefinitions = { serve: { webhookConfig: webhook({ requiresProxyAuth: true }) }, compute: {} };
  expect(readWebEndpoints({ methodDefinitions })).toMatchObject({
    webMethods: { serve: { kind: 'asgi', requiresProxyAuth: true } },
  });
  expect(readWebEndpoints({ methodDefinitions }).webMethods).not.toHaveProperty('compute');
});
