import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Which function answers under which name: a label of the web domain, which has no dot, or a custom domain. */
export const WebRouteEntity = defineEntity({
  name: 'WebRoute',
  tableName: 'web_routes',
  properties: {
    host: p.string().primary(),
    functionId: p.string(),
    /** '' for the function itself, else a method of the class. */
    method: p.string(),
    workspaceId: p.string(),
    environment: p.string(),
    appId: p.string(),
    /** As a person knows it, for messages. */
    functionTag: p.string(),
    kind: p.string(),
    requiresProxyAuth: p.boolean(),
    timeoutMs: p.bigint('number'),
    truncated: p.boolean(),
    stolen: p.boolean(),
    /** Of a class with parameters, which a request's query says: its ClassParameterInfo in base64. */
    classParameters: p.string().nullable(),
    claimedAt: p.bigint('number'),
  },
});

/** What lets a request through to endpoints that ask for a token. */
export const ProxyTokenEntity = defineEntity({
  name: 'ProxyToken',
  tableName: 'proxy_tokens',
  properties: {
    tokenId: p.string().primary(),
    workspaceId: p.string(),
    name: p.string(),
    salt: p.string(),
    secretHash: p.string(),
    /** Whether it opens only the environments in the list; otherwise it opens all of its workspace. */
    scoped: p.boolean(),
    environmentIds: p.json<string[]>(),
    createdBy: p.string(),
    createdAt: p.bigint('number'),
  },
});

export type WebRouteRow = InferEntity<typeof WebRouteEntity>;
export type ProxyTokenRow = InferEntity<typeof ProxyTokenEntity>;
