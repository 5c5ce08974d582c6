/** What every service is told by its environment. */
export type SharedConfig = Readonly<{
  databaseUrl: string;
  natsUrl: string;
  redisUrl: string;
  dataDir: string;
  healthPort: number;
  healthHost: string;
  logLevel: string;
  /** Shown by one service to another over HTTP and gRPC. */
  internalKey: string;
  blobStoreUrl: string;
  otlpEndpoint?: string;
}>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable that must be there. Throws an error that names it. */
export const required = (env: Environment, name: string): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set in the environment`);
  return value;
};

/** A TCP port from the environment. Throws an error that names the variable and its value. */
export const port = (env: Environment, name: string): number => {
  const value = required(env, name);
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new Error(`${name} is '${value}', but must be a port from 0 to 65535`);
  return number;
};

export const readConfig = (env: Environment): SharedConfig => ({
  databaseUrl: required(env, 'DATABASE_URL'),
  natsUrl: required(env, 'NATS_URL'),
  redisUrl: required(env, 'REDIS_URL'),
  dataDir: required(env, 'SLIPWAY_DATA_DIR'),
  healthPort: port(env, 'SLIPWAY_HEALTH_PORT'),
  healthHost: env['SLIPWAY_HEALTH_HOST'] ?? '127.0.0.1',
  logLevel: env['SLIPWAY_LOG_LEVEL'] ?? 'info',
  internalKey: required(env, 'SLIPWAY_INTERNAL_KEY'),
  blobStoreUrl: required(env, 'BLOB_STORE_URL'),
  ...(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? { otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'] } : {}),
});

/** Descriptor 3, where a supervisor holds the service's port for it (socket activation's LISTEN_FDS). */
export const inheritedSocket = (env: Environment): number | undefined =>
  env['LISTEN_FDS'] === '1' ? 3 : undefined;
