import type { Provider } from '@nestjs/common';
import type { SqlPool } from '@slipway/event-store';
import { EnvironmentOfObject } from '../access/environment-of-object.js';
import { RequestGate } from '../access/request-gate.js';
import { rpcAnswers } from './rpc-answers.js';
import type { RpcParts } from './rpc-parts.js';
import { serveRpcs } from './serve-rpcs.js';
import { commandCallers } from '../command-router/command-callers.js';
import { relayCommands } from '../command-router/relay-commands.js';
import { WorkerRouters } from '../command-router/worker-routers.js';
import type { GatewayConfig } from '../config.js';
import { VariantList } from '../store/function-history/variant-list.js';
import {
  ACTIVITY,
  AUTHENTICATOR,
  DICTS,
  ENVIRONMENTS,
  GRPC_SERVER,
  HANDLES,
  LOG_HISTORY,
  POOL,
  PRINCIPALS,
  PROXY_TOKENS,
  QUEUES,
  SECRETS,
  STATISTICS,
  TOKENS,
  TOKEN_FLOWS,
  WEB_ROUTES,
  WORKSPACES,
} from '../tokens.js';
import { textRecordsOfDns } from '../web-front/text-records.js';
import { WebAddresses } from '../web-front/web-addresses.js';
import { BUS, CONFIG, LOGGER, OBJECTS } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';

/** Which injected thing is which part of the rpcs. */
const PARTS = {
  bus: BUS,
  objects: OBJECTS,
  activity: ACTIVITY,
  statistics: STATISTICS,
  logHistory: LOG_HISTORY,
  environments: ENVIRONMENTS,
  secrets: SECRETS,
  dicts: DICTS,
  queues: QUEUES,
  handles: HANDLES,
  tokens: TOKENS,
  webRoutes: WEB_ROUTES,
  proxyTokens: PROXY_TOKENS,
  tokenFlows: TOKEN_FLOWS,
  workspaces: WORKSPACES,
  principals: PRINCIPALS,
  authenticator: AUTHENTICATOR,
} as const;
const PART_NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** The server of the client protocol, and of commands in containers, from the parts of the gateway. */
export const rpcServerProvider: Provider = {
  provide: GRPC_SERVER,
  inject: [CONFIG, LOGGER, POOL, ...PART_NAMES.map((name) => PARTS[name])],
  useFactory: (config: GatewayConfig, logger: Logger, pool: SqlPool, ...injected: readonly unknown[]) => {
    const given = Object.fromEntries(PART_NAMES.map((name, at) => [name, injected[at]])) as Pick<
      RpcParts,
      keyof typeof PARTS
    >;
    const { bus, authenticator } = given;
    const commanding = commandCallers(config.signingKey);
    const server = serveRpcs({
      answers: rpcAnswers({
        ...config,
        ...given,
        variants: new VariantList(pool),
        webAddresses: new WebAddresses(config, textRecordsOfDns()),
      }),
      authenticator,
      gate: new RequestGate(new EnvironmentOfObject(given)),
      logger,
      interceptors: [commanding.interceptor],
    });
    relayCommands(server, { routers: new WorkerRouters(bus), callers: commanding, logger, ...config });
    return server;
  },
};
