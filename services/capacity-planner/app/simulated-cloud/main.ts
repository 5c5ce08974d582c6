import { port, required } from '@slipway/nest-kit';
import { createLogger } from '@slipway/telemetry';
import { serveSimulatedCloud } from './serve-simulated-cloud.js';
import { SimulatedCloud } from './simulated-cloud.js';

const OWN_VARIABLES = [
  'SIMULATED_CLOUD_KEY',
  'SIMULATED_CLOUD_WORKER',
  'SIMULATED_CLOUD_SEED',
  'SLIPWAY_DATA_DIR',
  'SLIPWAY_HEALTH_PORT',
];

const env = process.env;
const logger = createLogger('simulated-cloud', env['SLIPWAY_LOG_LEVEL'] ?? 'info');
const environment = Object.fromEntries(
  Object.entries(env).flatMap(([name, value]) =>
    value === undefined || OWN_VARIABLES.includes(name) ? [] : [[name, value]],
  ),
);
const cloud = new SimulatedCloud(
  {
    program: required(env, 'SIMULATED_CLOUD_WORKER'),
    folder: required(env, 'SLIPWAY_DATA_DIR'),
    environment,
  },
  Number(env['SIMULATED_CLOUD_SEED'] ?? 1),
);
const listenPort = port(env, 'SLIPWAY_HEALTH_PORT');
const server = await serveSimulatedCloud(cloud, listenPort, required(env, 'SIMULATED_CLOUD_KEY'));
logger.info({ port: listenPort }, 'simulated vendors: nothing here is bought');

const end = (): void => {
  server.close();
  void cloud.close().finally(() => process.exit(0));
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
