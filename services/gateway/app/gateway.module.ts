import { Authenticator } from './access/authenticator.js';
import { TaskRoles } from './access/task-roles.js';
import { rpcServerProvider } from './client-protocol/rpc-server-provider.js';
import type { GatewayConfig } from './config.js';
import { LogHistory } from './logs/log-history.js';
import { GetAppLayoutController } from './mesh/get-app-layout.controller.js';
import { OpenSecretsController } from './mesh/open-secrets.controller.js';
import { ProjectActivityProcess } from './processes/project-activity/project-activity.process.js';
import { ForgetOldActivityProcess } from './processes/forget-old-activity/forget-old-activity.process.js';
import { SweepStateProcess } from './processes/sweep-state/sweep-state.process.js';
import { AccountsController } from './public-api/accounts.controller.js';
import { ActivityController } from './public-api/activity.controller.js';
import { AppVersionsController } from './public-api/app-versions.controller.js';
import { CapacityCommitmentsController } from './public-api/capacity/capacity-commitments.controller.js';
import { CapacityController } from './public-api/capacity/capacity.controller.js';
import { CapacityFleetController } from './public-api/capacity/capacity-fleet.controller.js';
import { CapacityPlansController } from './public-api/capacity/capacity-plans.controller.js';
import { CapacityRecordsController } from './public-api/capacity/capacity-records.controller.js';
import { OperatorOnly } from './public-api/capacity/operator-only.guard.js';
import { BillingExportsController } from './public-api/billing/billing-exports.controller.js';
import { BillingOperatorController } from './public-api/billing/billing-operator.controller.js';
import { BillingController } from './public-api/billing/billing.controller.js';
import { DomainsController } from './public-api/domains.controller.js';
import { HttpCallerGuard } from './public-api/http-caller.guard.js';
import { LogsController } from './public-api/logs.controller.js';
import { OpenApiController } from './public-api/openapi.controller.js';
import { OpenApi } from './public-api/openapi.js';
import { ProblemFilter } from './public-api/problem.filter.js';
import { RateLimit } from './public-api/rate-limit.js';
import { SchedulesController } from './public-api/schedules.controller.js';
import { UsageController } from './public-api/usage.controller.js';
import { StateController } from './public-api/state.controller.js';
import { VolumesController } from './public-api/volumes.controller.js';
import { MetricsStayInside } from './public-port/metrics-stay-inside.middleware.js';
import { Environments } from './store/environments.js';
import type { Principals } from './store/principals.js';
import { ProxyTokens } from './store/proxy-tokens.js';
import { storeProviders } from './store/store-providers.js';
import { Tokens } from './store/tokens.js';
import { WebRoutes } from './store/web-routes.js';
import { TokenPageController } from './token-page/token-page.controller.js';
import {
  AUTHENTICATOR,
  ENVIRONMENTS,
  LOG_HISTORY,
  OPENAPI,
  POOL,
  PRINCIPALS,
  PROXY_TOKENS,
  RATE_LIMIT,
  TOKENS,
  WEB_FRONT,
  WEB_ROUTES,
} from './tokens.js';
import { RouteFinder } from './web-front/find-route.js';
import { Instances } from './web-front/instances.js';
import { VariantList } from './store/function-history/variant-list.js';
import { RequestNotes } from './web-front/request-notes.js';
import { RequestList } from './store/request-history/request-list.js';
import { ProxyAccess } from './web-front/proxy-access.js';
import { WebFront } from './web-front/web-front.js';
import {
  type MiddlewareConsumer,
  Module,
  type NestModule,
  type Provider,
  ValidationPipe,
} from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER } from '@slipway/nest-kit';
import type { SqlPool } from '@slipway/event-store';
import type { Logger } from '@slipway/telemetry';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';

const providers: Provider[] = [
  ...storeProviders,
  rpcServerProvider,
  {
    provide: WEB_FRONT,
    inject: [BUS, WEB_ROUTES, PROXY_TOKENS, ENVIRONMENTS, CONFIG, POOL, LOGGER],
    useFactory: (
      bus: Bus,
      routes: WebRoutes,
      tokens: ProxyTokens,
      environments: Environments,
      config: GatewayConfig,
      pool: SqlPool,
      logger: Logger,
    ) =>
      new WebFront({
        bus,
        routes: new RouteFinder(routes),
        access: new ProxyAccess(tokens, environments, config.signingKey),
        instances: new Instances({ bus, variants: new VariantList(pool) }),
        notes: new RequestNotes(new RequestList(pool), logger),
        logger,
        internalKey: config.internalKey,
        gatewayId: randomUUID(),
      }),
  },
  {
    provide: AUTHENTICATOR,
    inject: [TOKENS, BUS, PRINCIPALS, CONFIG],
    useFactory: (tokens: Tokens, bus: Bus, principals: Principals, config: GatewayConfig) =>
      new Authenticator(tokens, new TaskRoles(bus, principals), config),
  },
  { provide: LOG_HISTORY, inject: [BUS], useFactory: (bus: Bus) => new LogHistory(bus) },
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
  OperatorOnly,
  ProjectActivityProcess,
  SweepStateProcess,
  ForgetOldActivityProcess,
];

@Module({
  controllers: [
    OpenSecretsController,
    GetAppLayoutController,
    ActivityController,
    AppVersionsController,
    SchedulesController,
    LogsController,
    UsageController,
    VolumesController,
    BillingController,
    BillingExportsController,
    BillingOperatorController,
    AccountsController,
    CapacityCommitmentsController,
    CapacityController,
    CapacityFleetController,
    CapacityPlansController,
    CapacityRecordsController,
    StateController,
    DomainsController,
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
