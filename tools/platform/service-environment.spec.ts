import { ownEndpoints } from './endpoints.ts';
import { homeAt } from './home.ts';
import { serviceEnvironment, workerEnvironment } from './service-environment.ts';
import { serviceProcesses } from './service-processes.ts';
import { services } from './services.ts';

const secrets = {
  simulatedCloudKey: 'cloud',
  postgresPassword: 'pg1',
  natsPassword: 'nats1',
  redisPassword: 'redis1',
  masterKey: 'the-master-key',
  signingKey: 'the-signing-key',
  internalKey: 'the-internal-key',
  tokenId: 'ak-1',
  tokenSecret: 'the-token-secret',
};
const ports = {
  gateway: 8700,
  'blob-store': 8701,
  postgres: 8720,
  nats: 8721,
  redis: 8723,
  'worker-1-health': 8730,
};
const setting = {
  home: homeAt('/srv/slipway'),
  ports,
  secrets,
  endpoints: ownEndpoints(ports, secrets),
  logLevel: 'info',
  simulatedCloud: false,
  environment: {},
};
const worker = { runtime: 'runsc', runscPath: '/bin/runsc', runcPath: '/bin/runc' } as const;

const holdersOf = (secret: string): string[] =>
  [
    ...services.map((service) => [service.name, serviceEnvironment(service, setting)] as const),
    ['worker-1', workerEnvironment(1, worker, setting)] as const,
  ]
    .filter(([, environment]) => Object.values(environment).includes(secret))
    .map(([name]) => name);

describe('what services are told', () => {
  test('the master key is known to the gateway alone', () => {
    expect(holdersOf(secrets.masterKey)).toEqual(['gateway']);
  });

  test('the signing key is known to the gateway and the blob store', () => {
    expect(holdersOf(secrets.signingKey)).toEqual(['gateway', 'blob-store']);
  });

  test('the first token is known to the gateway alone', () => {
    expect(holdersOf(secrets.tokenSecret)).toEqual(['gateway']);
  });

  test('the public address is what the operator says', () => {
    const own = 'https://slipway.example';
    const urlWith = (environment: NodeJS.ProcessEnv) =>
      serviceEnvironment(services[0]!, { ...setting, environment })['GATEWAY_PUBLIC_URL'];
    expect([urlWith({}), urlWith({ GATEWAY_PUBLIC_URL: own })]).toEqual(['http://127.0.0.1:8700', own]);
  });

  test('services listen where the operator says, and else for this machine alone', () => {
    const environment = { GATEWAY_HOST: '0.0.0.0' };
    const held = serviceProcesses(
      { ...setting, environment },
      { count: 0, worker, simulatedCloud: false },
      '1',
    ).flatMap(({ name, heldPort }) => (heldPort === undefined ? [] : [`${name} ${heldPort.host}`]));
    expect(held).toEqual(['gateway 0.0.0.0', 'blob-store 127.0.0.1']);
  });

  test('workers are reached on this machine alone, unless the operator says otherwise', () => {
    const relayHost = (environment: NodeJS.ProcessEnv) =>
      workerEnvironment(1, worker, { ...setting, environment })['WORKER_RELAY_HOST'];
    expect([relayHost({}), relayHost({ WORKER_RELAY_HOST: '10.0.0.7' })]).toEqual(['127.0.0.1', '10.0.0.7']);
  });

  test('each worker has a folder of its own', () => {
    expect(workerEnvironment(1, worker, setting)['SLIPWAY_DATA_DIR']).toBe('/srv/slipway/data/worker-1');
    expect(workerEnvironment(2, worker, setting)['SLIPWAY_DATA_DIR']).toBe('/srv/slipway/data/worker-2');
  });
});
