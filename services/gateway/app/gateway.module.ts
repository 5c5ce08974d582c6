import {
  Module,
  ValidationPipe,
  type MiddlewareConsumer,
  type NestModule,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { MikroORM } from '@mikro-orm/postgresql';
import { poolOf, type SqlPool } from '@slipway/event-store';
import type { Bus } from '@slipway/messaging';
import {
  BUS,
  CONFIG,
  LOGGER,
  OBJECTS,
  READINESS,
  type ObjectClient,
  type Readiness,
} from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { Authenticator } from './access/authenticator.js';
import { EnvironmentOfObject } from './access/environment-of-object.js';
import { RequestGate } from './access/request-gate.js';
import { rpcAnswers } from './client-protocol/rpc-answers.js';
import { serveRpcs } from './client-protocol/serve-rpcs.js';
import { relayCommands } from './command-router/relay-commands.js';
import { WorkerRouters } from './command-router/worker-routers.js';
import type { GatewayConfig } from './config.js';
import { GetAppLayoutController } from './mesh/get-app-layout.controller.js';
import { OpenSecretsController } from './mesh/open-secrets.controller.js';
import { LogHistory } from './logs/log-history.js';
import { MetricsStayInside } from './public-port/metrics-stay-inside.middleware.js';
import { ProjectActivityProcess } from './processes/project-activity/project-activity.process.js';
import { ForgetOldInputsProcess } from './processes/forget-old-inputs/forget-old-inputs.process.js';
import { SweepStateProcess } from './processes/sweep-state/sweep-state.process.js';
import { QueueWaiters } from './queues/queue-waiters.js';
import { ActivityController } from './public-api/activity.controller.js';
import { AppVersionsController } from './public-api/app-versions.controller.js';
import { LogsController } from './public-api/logs.controller.js';
import { HttpCallerGuard } from './public-api/http-caller.guard.js';
import { OpenApi } from './public-api/openapi.js';
import { SchedulesController } from './public-api/schedules.controller.js';
import { VolumesController } from './public-api/volumes.controller.js';
import { OpenApiController } from './public-api/openapi.controller.js';
import { ProblemFilter } from './public-api/problem.filter.js';
import { RateLimit } from './public-api/rate-limit.js';
import { Activity } from './store/activity.js';
import { AppCounts } from './store/app-counts.js';
import { Environments } from './store/environments.js';
import { InputList } from './store/function-history/input-list.js';
import { VariantList } from './store/function-history/variant-list.js';
import { Handles } from './store/handles.js';
import { makeFirstWorkspace } from './store/make-first-workspace.js';
import { Principals } from './store/principals.js';
import { openStore } from './store/open-store.js';
import { SecretCipher } from './store/secret-cipher.js';
import { Secrets } from './store/secrets.js';
import { Dicts } from './store/state/dicts.js';
import { Queues } from './store/state/queues.js';
import { ProxyTokens } from './store/proxy-tokens.js';
import { WebRoutes } from './store/web-routes.js';
import { TokenFlows } from './store/token-flows.js';
import { Tokens } from './store/tokens.js';
import { Workspaces } from './store/workspaces.js';
import { TokenPageController } from './token-page/token-page.controller.js';
import { AccountsController } from './public-api/accounts.controller.js';
import { StateController } from './public-api/state.controller.js';
import {
  ACTIVITY,
  APP_COUNTS,
  AUTHENTICATOR,
  DATABASE,
  DICTS,
  ENVIRONMENTS,
  GRPC_SERVER,
  HANDLES,
  LOG_HISTORY,
  OPENAPI,
  POOL,
  PRINCIPALS,
  QUEUES,
  PROXY_TOKENS,
  RATE_LIMIT,
  SECRETS,
  TOKENS,
  WEB_FRONT,
  WEB_ROUTES,
  TOKEN_FLOWS,
  WORKSPACES,
} from './tokens.js';
import { RouteFinder } from './web-front/find-route.js';
import { ProxyAccess } from './web-front/proxy-access.js';
import { WebAddresses } from './web-front/web-addresses.js';
import { WebFront } from './web-front/web-front.js';

const providers: Provider[] = [
  {
    provide: DATABASE,
    inject: [CONFIG, READINESS],
    useFactory: async (config: GatewayConfig, readiness: Readiness): Promise<MikroORM> => {
      const orm = await openStore(config.databaseUrl);
      await makeFirstWorkspace(orm, config.bootstrapToken);
      readiness.add('postgresql', () => orm.isConnected());
      return orm;
    },
  },
  { provide: POOL, inject: [DATABASE], useFactory: poolOf },
  { provide: DICTS, inject: [POOL], useFactory: (pool: SqlPool) => new Dicts(pool) },
  {
    provide: QUEUES,
    inject: [POOL, BUS],
    useFactory: (pool: SqlPool, bus: Bus) => new Queues(pool, new QueueWaiters(bus)),
  },
  { provide: TOKENS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Tokens(orm) },
  { provide: ENVIRONMENTS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Environments(orm) },
  { provide: WEB_ROUTES, inject: [DATABASE], useFactory: (orm: MikroORM) => new WebRoutes(orm) },
  { provide: PROXY_TOKENS, inject: [DATABASE], useFactory: (orm: MikroORM) => new ProxyTokens(orm) },
  {
    provide: WEB_FRONT,
    inject: [BUS, WEB_ROUTES, PROXY_TOKENS, ENVIRONMENTS, CONFIG],
    useFactory: (
      bus: Bus,
      routes: WebRoutes,
      tokens: ProxyTokens,
      environments: Environments,
      config: GatewayConfig,
    ) =>
      new WebFront({
        bus,
        routes: new RouteFinder(routes),
        access: new ProxyAccess(tokens, environments, config.signingKey),
        internalKey: config.internalKey,
        gatewayId: randomUUID(),
      }),
  },
  { provide: HANDLES, inject: [DATABASE], useFactory: (orm: MikroORM) => new Handles(orm) },
  {
    provide: SECRETS,
    inject: [DATABASE, CONFIG],
    useFactory: (orm: MikroORM, config: GatewayConfig) =>
      new Secrets(orm, new SecretCipher(config.masterKey)),
  },
  { provide: PRINCIPALS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Principals(orm) },
  { provide: WORKSPACES, inject: [DATABASE], useFactory: (orm: MikroORM) => new Workspaces(orm) },
  {
    provide: TOKEN_FLOWS,
    inject: [POOL, CONFIG],
    useFactory: (pool: SqlPool, config: GatewayConfig) =>
      new TokenFlows(pool, new SecretCipher(config.masterKey)),
  },
  {
    provide: AUTHENTICATOR,
    inject: [TOKENS, CONFIG],
    useFactory: (tokens: Tokens, config: GatewayConfig) => new Authenticator(tokens, config),
  },
  {
    provide: GRPC_SERVER,
    inject: [
      BUS,
      OBJECTS,
      ACTIVITY,
      POOL,
      APP_COUNTS,
      LOG_HISTORY,
      ENVIRONMENTS,
      SECRETS,
      DICTS,
      QUEUES,
      HANDLES,
      TOKENS,
      WEB_ROUTES,
      PROXY_TOKENS,
      TOKEN_FLOWS,
      WORKSPACES,
      PRINCIPALS,
      AUTHENTICATOR,
      CONFIG,
      LOGGER,
    ],
    useFactory: (
      bus: Bus,
      objects: ObjectClient,
      activity: Activity,
      pool: SqlPool,
      appCounts: AppCounts,
      logHistory: LogHistory,
      environments: Environments,
      secrets: Secrets,
      dicts: Dicts,
      queues: Queues,
      handles: Handles,
      tokens: Tokens,
      webRoutes: WebRoutes,
      proxyTokens: ProxyTokens,
      tokenFlows: TokenFlows,
      workspaces: Workspaces,
      principals: Principals,
      authenticator: Authenticator,
      config: GatewayConfig,
      logger: Logger,
    ) => {
      const server = serveRpcs({
        answers: rpcAnswers({
          bus,
          objects,
          activity,
          pool,
          inputList: new InputList(pool),
          variants: new VariantList(pool),
          appCounts,
          logHistory,
          environments,
          secrets,
          dicts,
          queues,
          handles,
          tokens,
          webRoutes,
          proxyTokens,
          webAddresses: new WebAddresses(config),
          tokenFlows,
          workspaces,
          principals,
          authenticator,
          ...config,
        }),
        authenticator,
        gate: new RequestGate(new EnvironmentOfObject({ bus, handles, secrets, dicts, queues })),
        logger,
      });
      relayCommands(server, { routers: new WorkerRouters(bus), logger, ...config });
      return server;
    },
  },
  { provide: LOG_HISTORY, inject: [BUS], useFactory: (bus: Bus) => new LogHistory(bus) },
  { provide: APP_COUNTS, inject: [DATABASE], useFactory: (orm: MikroORM) => new AppCounts(orm) },
  { provide: ACTIVITY, inject: [DATABASE], useFactory: (orm: MikroORM) => new Activity(orm) },
  {
    provide: RATE_LIMIT,
    inject: [CONFIG],
    useFactory: (config: GatewayConfig) => {
      const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: 0, enableOfflineQueue: false });
      // It comes back by itself, and until then nobody is limited.
      redis.on('error', () => undefined);
      return new RateLimit(redis);
    },
  },
  { provide: OPENAPI, useValue: new OpenApi() },
  { provide: APP_FILTER, useClass: ProblemFilter },
  {
    provide: APP_PIPE,
    useValue: new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
  },
  HttpCallerGuard,
  ProjectActivityProcess,
  SweepStateProcess,
  ForgetOldInputsProcess,
];

@Module({
  controllers: [
    OpenSecretsController,
    GetAppLayoutController,
    ActivityController,
    AppVersionsController,
    SchedulesController,
    LogsController,
    VolumesController,
    AccountsController,
    StateController,
    TokenPageController,
    OpenApiController,
  ],
  providers,
})
export class GatewayModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(MetricsStayInside).forRoutes('metrics');
  }
}
