import { join } from 'node:path';
import type { Ports } from './choose-ports.ts';
import type { Endpoints } from './endpoints.ts';
import type { Home } from './home.ts';
import { settingsOf } from './operator-settings.ts';
import type { Secrets } from './secrets.ts';
import type { Service } from './services.ts';

export type Setting = Readonly<{
  home: Home;
  ports: Ports;
  secrets: Secrets;
  endpoints: Endpoints;
  logLevel: string;
  /** Whether simulated vendors take part. */
  simulatedCloud: boolean;
  /** The operator's own environment; what of it is for a service, that service is told. */
  environment: NodeJS.ProcessEnv;
}>;

/** What every process of ours is told, whatever it does. */
const sharedEnvironment = ({
  home,
  ports,
  secrets,
  endpoints,
  logLevel,
}: Setting): Record<string, string> => ({
  DATABASE_URL: endpoints.databaseUrl,
  NATS_URL: endpoints.natsUrl,
  REDIS_URL: endpoints.redisUrl,
  SLIPWAY_INSTANCE: home.instance,
  SLIPWAY_LOG_LEVEL: logLevel,
  SLIPWAY_INTERNAL_KEY: secrets.internalKey,
  GATEWAY_URL: `http://127.0.0.1:${ports['gateway']}`,
  BLOB_STORE_URL: `http://127.0.0.1:${ports['blob-store']}`,
  NODE_COMPILE_CACHE: join(home.toolbox, 'node-compile-cache'),
});

/** The settings of one service. */
export const serviceEnvironment = (service: Service, setting: Setting): Record<string, string> => {
  const { home, ports, secrets, environment } = setting;
  return {
    ...settingsOf(service.name, environment),
    ...sharedEnvironment(setting),
    SLIPWAY_DATA_DIR: join(home.data, service.name),
    SLIPWAY_HEALTH_PORT: String(ports[`${service.name}-health`]),
    ...(service.portVariable ? { [service.portVariable]: String(ports[service.name]) } : {}),
    ...(service.name === 'capacity-planner' && setting.simulatedCloud
      ? {
          CAPACITY_PLANNER_SIMULATED_CLOUD_URL: `http://127.0.0.1:${ports['simulated-cloud-health']}`,
          CAPACITY_PLANNER_SIMULATED_CLOUD_KEY: secrets.simulatedCloudKey,
          CAPACITY_PLANNER_PLANS: 'by-itself',
          CAPACITY_PLANNER_PAUSE_MS: '2000',
          CAPACITY_PLANNER_ACT_MS: '1000',
        }
      : {}),
    // A machine's own Python may come without pip; one that the operator names is left.
    ...(service.name === 'image-builder' && !environment['IMAGE_BUILDER_PYTHON']
      ? { IMAGE_BUILDER_PYTHON: join(home.clientVenv, 'bin', 'python') }
      : {}),
    ...(service.name === 'gateway' && !environment['GATEWAY_PUBLIC_URL']
      ? { GATEWAY_PUBLIC_URL: `http://127.0.0.1:${ports['gateway']}` }
      : {}),
    ...(service.holds.includes('master-key') ? { SLIPWAY_MASTER_KEY: secrets.masterKey } : {}),
    ...(service.holds.includes('signing-key') ? { SLIPWAY_SIGNING_KEY: secrets.signingKey } : {}),
    ...(service.holds.includes('first-token')
      ? { SLIPWAY_BOOTSTRAP_TOKEN_ID: secrets.tokenId, SLIPWAY_BOOTSTRAP_TOKEN_SECRET: secrets.tokenSecret }
      : {}),
  };
};

export type WorkerSetting = Readonly<{
  runtime: 'runsc' | 'runc';
  runscPath: string;
  runcPath: string;
  /** `TYPE:COUNT` of pretended GPUs. */
  simulatedGpu?: string;
}>;

/** Workers are on the gateway's machine, also where the bus is on another one. */
const BESIDE_THE_GATEWAY = { WORKER_RELAY_HOST: '127.0.0.1', WORKER_ROUTER_HOST: '127.0.0.1' };

/** The settings of the worker with this number, counted from 1. */
export const workerEnvironment = (
  number: number,
  worker: WorkerSetting,
  setting: Setting,
): Record<string, string> => ({
  ...BESIDE_THE_GATEWAY,
  ...settingsOf('worker', setting.environment),
  ...anyWorkerEnvironment(worker, setting),
  SLIPWAY_DATA_DIR: join(setting.home.data, `worker-${number}`),
  SLIPWAY_HEALTH_PORT: String(setting.ports[`worker-${number}-health`]),
  // Workers of several platforms may share one machine, and its names for what they make there.
  WORKER_ID: `worker-${number}-${setting.home.instance}`,
  ...(worker.simulatedGpu === undefined ? {} : { WORKER_SIMULATED_GPU: worker.simulatedGpu }),
});

/** What all workers are told, whichever they are. */
const anyWorkerEnvironment = (worker: WorkerSetting, setting: Setting): Record<string, string> => ({
  ...sharedEnvironment(setting),
  WORKER_RUNTIME: worker.runtime,
  WORKER_RUNSC: worker.runscPath,
  WORKER_RUNC: worker.runcPath,
});

/** The settings of the simulated cloud: those that its hosts, which are workers, are told too. */
export const simulatedCloudEnvironment = (
  worker: WorkerSetting,
  setting: Setting,
): Record<string, string> => ({
  ...BESIDE_THE_GATEWAY,
  ...settingsOf('simulated-cloud', setting.environment),
  ...anyWorkerEnvironment(worker, setting),
  PATH: setting.environment['PATH'] ?? '',
  SLIPWAY_DATA_DIR: join(setting.home.data, 'simulated-cloud'),
  SLIPWAY_HEALTH_PORT: String(setting.ports['simulated-cloud-health']),
  SIMULATED_CLOUD_KEY: setting.secrets.simulatedCloudKey,
  SIMULATED_CLOUD_WORKER: join(setting.home.checkout, 'services/worker/app/dist/main.js'),
});
