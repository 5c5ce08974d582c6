import type { Ports } from './choose-ports.ts';
import type { Secrets } from './secrets.ts';

/** Where the three servers of the infrastructure answer, credentials included. */
export type Endpoints = Readonly<{ databaseUrl: string; natsUrl: string; redisUrl: string }>;

/** The addresses of servers that this platform runs itself. */
export const ownEndpoints = (ports: Ports, secrets: Secrets): Endpoints => ({
  databaseUrl: `postgres://slipway:${secrets.postgresPassword}@127.0.0.1:${ports['postgres']}/slipway`,
  natsUrl: `nats://slipway:${secrets.natsPassword}@127.0.0.1:${ports['nats']}`,
  redisUrl: `redis://:${secrets.redisPassword}@127.0.0.1:${ports['redis']}`,
});

/** The operator's addresses where the environment names them, ours for the rest. */
export const endpointsFrom = (environment: NodeJS.ProcessEnv, own: Endpoints): Endpoints => ({
  databaseUrl: environment['DATABASE_URL'] || own.databaseUrl,
  natsUrl: environment['NATS_URL'] || own.natsUrl,
  redisUrl: environment['REDIS_URL'] || own.redisUrl,
});
