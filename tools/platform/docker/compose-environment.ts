import type { Ports } from '../choose-ports.ts';
import type { Secrets } from '../secrets.ts';

/** The variables that docker-compose.yml reads: the secrets, and the ports to publish at the loopback address. */
export const composeEnvironment = (ports: Ports, secrets: Secrets): Record<string, string> => ({
  SLIPWAY_POSTGRES_PASSWORD: secrets.postgresPassword,
  SLIPWAY_NATS_PASSWORD: secrets.natsPassword,
  SLIPWAY_REDIS_PASSWORD: secrets.redisPassword,
  SLIPWAY_MASTER_KEY: secrets.masterKey,
  SLIPWAY_SIGNING_KEY: secrets.signingKey,
  SLIPWAY_INTERNAL_KEY: secrets.internalKey,
  SLIPWAY_BOOTSTRAP_TOKEN_ID: secrets.tokenId,
  SLIPWAY_BOOTSTRAP_TOKEN_SECRET: secrets.tokenSecret,
  SLIPWAY_PORT_GATEWAY: String(ports['gateway']),
  SLIPWAY_PORT_BLOB_STORE: String(ports['blob-store']),
  SLIPWAY_PORT_POSTGRES: String(ports['postgres']),
  SLIPWAY_PORT_NATS: String(ports['nats']),
  SLIPWAY_PORT_NATS_MONITOR: String(ports['nats-monitor']),
  SLIPWAY_PORT_REDIS: String(ports['redis']),
});
