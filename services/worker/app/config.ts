import { hostname } from 'node:os';
import type { GpuDevice, HostLabels, WorkerId } from '@slipway/contracts';
import { required, type Environment, type SharedConfig } from '@slipway/nest-kit';
import { readSimulatedGpus, type BoundPath, type ByteRate } from '@slipway/worker-core';
import type { RuntimeChoice } from './runtime/choose-runtime.js';

/** Where gateways reach a server of this worker: at the worker's own address where no host is said, and the port 0 is any that is free. */
export type ServerPlace = Readonly<{ host?: string; port: number }>;

export type WorkerConfig = SharedConfig &
  Readonly<{
    workerId: WorkerId;
    runtime: RuntimeChoice;
    simulatedGpus: readonly GpuDevice[];
    /** Where this host's programs and libraries are looked for, its GPU driver among them. */
    hostFolders: Readonly<{ programs: readonly string[]; libraries: readonly string[] }>;
    gatewayUrl: string;
    region?: string;
    /** What the capacity planner bought this host as. */
    host?: HostLabels;
    /** Whose machine this is: a cloud's name, or the operator's own. */
    vendor?: string;
    /** How often usage facts are put down for billing. */
    usageIntervalMs: number;
    /** Name servers for containers when the host's own cannot be reached from them. */
    fallbackNameServers: readonly string[];
    /** Ranges that containers must not reach, such as the machines of the platform itself. */
    deniedNetworks: readonly string[];
    /** Files of the host that build steps see: package mirrors' settings, certificates. They are no part of an image. */
    siteFiles: readonly BoundPath[];
    layerCacheLimitMiB: number;
    /** The web relay. */
    relay: ServerPlace;
    /** Blocks of volumes that are kept on this host's disk. */
    blockCacheLimitMiB: number;
    /** What a container may have written to one volume and not committed. */
    volumeStagingLimitMiB: number;
    /** What the logs keep of one container's output. */
    logRate: ByteRate;
    /** What one container's generators may yield into the stream of items before they wait. */
    dataOutRate: ByteRate;
    /** The command router. */
    router: ServerPlace;
  }>;

const MIB = 1024 * 1024;

const list = (value: string | undefined): readonly string[] =>
  (value ?? '').split(',').filter((entry) => entry !== '');

const folders = (value: string | undefined): readonly string[] =>
  (value ?? '').split(':').filter((folder) => folder !== '');

const runtimeOf = (value: string): RuntimeChoice['wanted'] => {
  if (value === 'auto' || value === 'runsc' || value === 'runc') return value;
  throw new Error(`WORKER_RUNTIME is '${value}', but must be auto, runsc or runc`);
};

const PURCHASES: readonly HostLabels['purchase'][] = ['on-demand', 'spot', 'reserved'];

/** The labels of a host that was bought: all of them, or none. */
const hostLabels = (env: Environment): HostLabels | undefined => {
  const hostId = env['WORKER_HOST_ID'];
  if (hostId === undefined || hostId === '') return undefined;
  const purchase = required(env, 'WORKER_PURCHASE') as HostLabels['purchase'];
  if (!PURCHASES.includes(purchase))
    throw new Error(`WORKER_PURCHASE is '${purchase}', but must be one of ${PURCHASES.join(', ')}`);
  return {
    hostId,
    offerId: required(env, 'WORKER_OFFER_ID'),
    vendor: required(env, 'WORKER_VENDOR'),
    region: required(env, 'WORKER_REGION'),
    ...(env['WORKER_ZONE'] ? { zone: env['WORKER_ZONE'] } : {}),
    ...(env['WORKER_GEO'] ? { geo: env['WORKER_GEO'] } : {}),
    instanceType: required(env, 'WORKER_INSTANCE_TYPE'),
    purchase,
  };
};

/** `/etc/pip.conf` or, at another place inside, `/etc/ssl/certs/site.crt:/run/site/ca.crt` */
const siteFiles = (value: string | undefined): readonly BoundPath[] =>
  list(value).map((entry) => {
    const [source = '', destination = source] = entry.split(':');
    return { source, destination, access: 'read' };
  });

const positive = (env: Environment, name: string, fallback: number): number => {
  const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
  if (!Number.isFinite(value) || value <= 0)
    throw new Error(`${name} is '${env[name]}', but must be a number above 0`);
  return value;
};

const serverPlace = (env: Environment, name: string): ServerPlace => {
  const host = env[`${name}_HOST`];
  return { ...(host ? { host } : {}), port: Number(env[`${name}_PORT`] ?? 0) };
};

const workerIdOf = (value: string): WorkerId => {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,40}$/.test(value)) return value;
  throw new Error(`WORKER_ID is '${value}', but must be at most 41 letters, digits and hyphens`);
};

/** What a worker is told by its environment. It has no database, so two of the shared settings may be missing. */
export const readWorkerConfig = (env: Environment): WorkerConfig => {
  const host = hostLabels(env);
  return { ...readSettings(env), ...(host === undefined ? {} : { host }) };
};

const readSettings = (env: Environment): WorkerConfig => ({
  databaseUrl: env['DATABASE_URL'] ?? '',
  redisUrl: env['REDIS_URL'] ?? '',
  natsUrl: required(env, 'NATS_URL'),
  dataDir: required(env, 'SLIPWAY_DATA_DIR'),
  healthPort: Number(env['SLIPWAY_HEALTH_PORT'] ?? 0),
  healthHost: env['SLIPWAY_HEALTH_HOST'] ?? '127.0.0.1',
  logLevel: env['SLIPWAY_LOG_LEVEL'] ?? 'info',
  internalKey: required(env, 'SLIPWAY_INTERNAL_KEY'),
  blobStoreUrl: required(env, 'BLOB_STORE_URL'),
  ...(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? { otlpEndpoint: env['OTEL_EXPORTER_OTLP_ENDPOINT'] } : {}),
  workerId: workerIdOf(env['WORKER_ID'] ?? hostname().replaceAll(/[^A-Za-z0-9-]/g, '-')),
  runtime: {
    wanted: runtimeOf(env['WORKER_RUNTIME'] ?? 'auto'),
    runscBinary: env['WORKER_RUNSC'] ?? 'runsc',
    runcBinary: env['WORKER_RUNC'] ?? 'runc',
  },
  simulatedGpus: readSimulatedGpus('WORKER_SIMULATED_GPU', list(env['WORKER_SIMULATED_GPU'])),
  hostFolders: { programs: folders(env['PATH']), libraries: folders(env['LD_LIBRARY_PATH']) },
  gatewayUrl: required(env, 'GATEWAY_URL'),
  ...(env['WORKER_REGION'] ? { region: env['WORKER_REGION'] } : {}),
  ...(env['WORKER_VENDOR'] ? { vendor: env['WORKER_VENDOR'] } : {}),
  usageIntervalMs: positive(env, 'WORKER_USAGE_INTERVAL_MS', 10_000),
  fallbackNameServers: list(env['WORKER_NAME_SERVERS'] ?? '1.1.1.1,8.8.8.8'),
  deniedNetworks: list(env['WORKER_DENIED_NETWORKS']),
  siteFiles: siteFiles(env['WORKER_SITE_FILES']),
  router: serverPlace(env, 'WORKER_ROUTER'),
  layerCacheLimitMiB: positive(env, 'WORKER_LAYER_CACHE_MIB', 50 * 1024),
  relay: serverPlace(env, 'WORKER_RELAY'),
  blockCacheLimitMiB: positive(env, 'WORKER_BLOCK_CACHE_MIB', 20 * 1024),
  volumeStagingLimitMiB: positive(env, 'WORKER_VOLUME_STAGING_MIB', 64 * 1024),
  dataOutRate: {
    bytesPerSecond: positive(env, 'WORKER_DATA_OUT_MIB_PER_SECOND', 8) * MIB,
    burstBytes: positive(env, 'WORKER_DATA_OUT_BURST_MIB', 256) * MIB,
  },
  logRate: {
    bytesPerSecond: positive(env, 'WORKER_LOG_MIB_PER_SECOND', 1) * MIB,
    burstBytes: positive(env, 'WORKER_LOG_BURST_MIB', 64) * MIB,
  },
});
