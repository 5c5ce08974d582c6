import type { Agent, IncomingMessage } from 'node:http';
import { randomBytes } from 'node:crypto';
import { webProblem, type WebFailure } from '@slipway/gateway-core';
import type { FunctionId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import type { WebRouteRow } from '../store/web-entities.js';
import { withPatience } from '../with-patience.js';
import type { RouteFinder } from './find-route.js';
import type { Instances } from './instances.js';
import type { ProxyAccess } from './proxy-access.js';
import { relayConnections } from './relay-connections.js';
import { TaskPool } from './task-pool.js';
import type { RequestNotes } from './request-notes.js';
import { cannotAnswer, noSuchEndpoint } from './web-failures.js';
import type { Answer } from './answer.js';
import { dropRest } from './drop-rest.js';

export type WebFrontParts = Readonly<{
  bus: Pick<Bus, 'request'>;
  routes: Pick<RouteFinder, 'find'>;
  access: Pick<ProxyAccess, 'check'>;
  instances: Pick<Instances, 'find'>;
  /** Where it is written down what servers answered. */
  notes?: Pick<RequestNotes, 'add'>;
  logger: Pick<Logger, 'error'>;
  internalKey: string;
  gatewayId: string;
}>;

/** A request that may go on to a container, and how its way has gone so far. */
export type Entered = Readonly<{ route: WebRouteRow; pool: TaskPool; requestId: string; cameAt: number }>;

const POOLS_SWEPT_EVERY_MS = 60_000;

/** Where web requests come in: finds whom they are for, whether they may, and the containers that answer. */
export class WebFront {
  readonly agent: Agent = relayConnections();
  private readonly pools = new Map<FunctionId, TaskPool>();
  private readonly sweep: NodeJS.Timeout;
  private requests = 0;
  private readonly requestPrefix = randomBytes(6).toString('hex');

  constructor(readonly parts: WebFrontParts) {
    this.sweep = setInterval(() => {
      for (const [functionId, pool] of this.pools) if (pool.isIdle) this.pools.delete(functionId);
    }, POOLS_SWEPT_EVERY_MS).unref();
  }

  /**
   * Who answers under this name and lets the request in; a failure otherwise. Waits while the database or the scheduler is away;
   * throws when that takes too long, or the client leaves.
   */
  enter(host: string, incoming: IncomingMessage, leaving: AbortSignal): Promise<Entered | WebFailure> {
    const cameAt = performance.now();
    return withPatience(
      () => this.look(host, incoming, cameAt),
      () => leaving.aborted,
    );
  }

  /** Whether a name that is not under the web domain is a custom domain of somebody. Waits and throws as `enter` does. */
  async isKnown(host: string, hasLeft: () => boolean): Promise<boolean> {
    return (await withPatience(async () => this.parts.routes.find(host), hasLeft)) !== undefined;
  }

  /** What is answered where something threw on a request's way. */
  trouble(error: unknown): WebFailure {
    this.parts.logger.error({ err: error }, 'web request failed');
    return cannotAnswer;
  }

  newRequestId(): string {
    this.requests += 1;
    return `rq-${this.requestPrefix}${this.requests.toString(36)}`;
  }

  close(): void {
    clearInterval(this.sweep);
    this.agent.destroy();
  }

  private async look(host: string, incoming: IncomingMessage, cameAt: number): Promise<Entered | WebFailure> {
    const found = this.parts.routes.find(host);
    const route = found instanceof Promise ? await found : found;
    if (route === undefined) return noSuchEndpoint(incoming.headers.host ?? host);
    const pool = this.poolOf(route, route.functionId);
    if (await asksForToken(pool, route)) {
      const refused = await this.parts.access.check(route, incoming.headers);
      if (refused !== undefined) return refused;
    }
    const instance = await this.parts.instances.find(route, incoming.url ?? '/');
    if (typeof instance !== 'string') return instance;
    return { route, pool: this.poolOf(route, instance), requestId: this.newRequestId(), cameAt };
  }

  private poolOf({ workspaceId }: WebRouteRow, functionId: FunctionId): TaskPool {
    const known = this.pools.get(functionId);
    if (known !== undefined) return known;
    const { bus, gatewayId } = this.parts;
    const pool = new TaskPool(bus, { workspaceId, functionId, gatewayId });
    this.pools.set(functionId, pool);
    return pool;
  }
}

/**
 * What serves decides. A name's row is written when a function is defined, also by a deployment that is staged, broken off or
 * taken back later: it counts only for an endpoint that what serves does not have.
 */
const asksForToken = async (pool: TaskPool, { method, requiresProxyAuth }: WebRouteRow): Promise<boolean> =>
  (await pool.proxyAuth())[method] ?? requiresProxyAuth;

export const isFailure = (entered: Entered | WebFailure): entered is WebFailure => 'remedy' in entered;

/** Our own answer in the app's place. */
export const answerFailure = (
  answer: Answer,
  failure: WebFailure,
  { incoming, requestId }: Readonly<{ incoming: IncomingMessage; requestId: string }>,
): void => {
  if (answer.headersSent) return void answer.destroy();
  const { contentType, body } = webProblem(failure, incoming.headers.accept, requestId);
  const headers: Record<string, string | number> = {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  };
  // An app's answer that could not be written may have left some of its own.
  for (const name of answer.getHeaderNames()) answer.removeHeader(name);
  if (failure.status === 401) headers['www-authenticate'] = 'Bearer';
  if (failure.status === 503) headers['retry-after'] = 1;
  // Who waits to be told to send may send its body, or its next request: nothing can tell them apart.
  const isUnread = incoming.httpVersionMajor === 1 && !incoming.complete;
  if (isUnread && incoming.headers.expect !== undefined) headers['connection'] = 'close';
  answer.writeHead(failure.status, headers);
  if (incoming.method === 'HEAD') answer.end();
  else answer.end(body);
  dropRest(answer);
};
