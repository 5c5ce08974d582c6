import type { Provider } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { QueueWaiters } from '../queues/queue-waiters.js';
import { Activity } from './activity.js';
import { Environments } from './environments.js';
import { Handles } from './handles.js';
import { makeFirstWorkspace } from './make-first-workspace.js';
import { openStore } from './open-store.js';
import { Principals } from './principals.js';
import { ProxyTokens } from './proxy-tokens.js';
import { SecretCipher } from './secret-cipher.js';
import { Secrets } from './secrets.js';
import { Statistics } from './statistics.js';
import { Dicts } from './state/dicts.js';
import { Queues } from './state/queues.js';
import { TokenFlows } from './token-flows.js';
import { Tokens } from './tokens.js';
import { WebRoutes } from './web-routes.js';
import { Workspaces } from './workspaces.js';
import {
  ACTIVITY,
  DATABASE,
  DICTS,
  ENVIRONMENTS,
  HANDLES,
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
import type { MikroORM } from '@mikro-orm/postgresql';
import { type LendingPool, type SqlPool, poolOf } from '@slipway/event-store';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, READINESS, type Readiness } from '@slipway/nest-kit';

/** The gateway's tables. */
export const storeProviders: readonly Provider[] = [
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
  { provide: STATISTICS, inject: [POOL], useFactory: (pool: LendingPool) => new Statistics(pool) },
  {
    provide: ACTIVITY,
    inject: [DATABASE, STATISTICS],
    useFactory: (orm: MikroORM, statistics: Statistics) => new Activity(orm, statistics),
  },
  { provide: DICTS, inject: [POOL], useFactory: (pool: SqlPool) => new Dicts(pool) },
  {
    provide: QUEUES,
    inject: [POOL, BUS],
    useFactory: (pool: SqlPool, bus: Bus) => new Queues(pool, new QueueWaiters(bus)),
  },
  { provide: TOKENS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Tokens(orm) },
  { provide: ENVIRONMENTS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Environments(orm) },
  { provide: HANDLES, inject: [DATABASE], useFactory: (orm: MikroORM) => new Handles(orm) },
  {
    provide: SECRETS,
    inject: [DATABASE, CONFIG],
    useFactory: (orm: MikroORM, config: GatewayConfig) =>
      new Secrets(orm, new SecretCipher(config.masterKey, config.formerMasterKeys)),
  },
  { provide: PRINCIPALS, inject: [DATABASE], useFactory: (orm: MikroORM) => new Principals(orm) },
  { provide: WORKSPACES, inject: [DATABASE], useFactory: (orm: MikroORM) => new Workspaces(orm) },
  {
    provide: TOKEN_FLOWS,
    inject: [POOL, CONFIG],
    useFactory: (pool: SqlPool, config: GatewayConfig) =>
      new TokenFlows(pool, new SecretCipher(config.masterKey, config.formerMasterKeys)),
  },
  { provide: WEB_ROUTES, inject: [DATABASE], useFactory: (orm: MikroORM) => new WebRoutes(orm) },
  { provide: PROXY_TOKENS, inject: [DATABASE], useFactory: (orm: MikroORM) => new ProxyTokens(orm) },
];
