import type { FunctionId, TaskId } from './ids.js';

/** How a function, or one method of a class, answers HTTP. */
export type WebEndpoint = Readonly<{
  /** What user code offers: an ASGI or WSGI app, a plain function, a server that it starts itself, or a server function. */
  kind: 'asgi' | 'wsgi' | 'function' | 'web-server' | 'server';
  /** Where the user's own server listens in the container; kinds `web-server` and `server` alone. */
  port?: number;
  /** Whether that server is spoken to in HTTP/2. */
  http2: boolean;
  /** How long that server may take until it listens. */
  startupTimeoutMs: number;
  /** How long requests inside may take to end after the container was told to stop. */
  exitGraceMs: number;
  requiresProxyAuth: boolean;
  /** `image`: the image's own command is the server, and nothing of the client's runtime is in the container. */
  startedBy?: 'image';
}>;

/** What a function has that answers HTTP: itself, or methods by name. */
export type WebEndpoints = Readonly<{
  web?: WebEndpoint;
  webMethods?: Readonly<Record<string, WebEndpoint>>;
}>;

/** A container that takes web requests now, and the address of the relay before it. */
export type WebTask = Readonly<{ taskId: TaskId; relayUrl: string; maxRequests: number }>;

/** Why waiting requests should be answered rather than wait on. */
export type WebProblem = Readonly<{
  kind: 'stopped' | 'start-failed' | 'no-capacity';
  message: string;
}>;

/** A long poll by one gateway for the containers of one function; `demand` is what the gateway holds for it now. */
export type AwaitWebTasks = Readonly<{
  functionId: FunctionId;
  gatewayId: string;
  demand: Readonly<{ waiting: number; active: number }>;
  knownRevision?: number;
  waitMs: number;
}>;

export type WebTasks = Readonly<{
  revision: number;
  tasks: readonly WebTask[];
  /** Whether the definition that serves asks for a proxy token: by method, '' for the function itself. */
  proxyAuth: Readonly<Record<string, boolean>>;
  problem?: WebProblem;
}>;

/** Headers between a gateway and a worker's relay; a user's app sees none of them. */
export const RELAY_HEADERS = {
  task: 'x-slipway-task',
  /** The method of a class that is asked; absent for a function. */
  method: 'x-slipway-method',
  key: 'x-slipway-key',
  requestId: 'x-slipway-request-id',
  outcome: 'x-slipway-outcome',
  timing: 'x-slipway-timing',
} as const;

/**
 * Who answered: the user's app, or the relay itself. `gone`, `draining` and `busy` were not started and are safe to send elsewhere;
 * `timeout` and `failed` may have run.
 */
export type RelayOutcome = 'user' | 'gone' | 'draining' | 'busy' | 'timeout' | 'failed';
