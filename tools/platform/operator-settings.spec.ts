import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePlans } from '../supervisor/compare-plans.ts';
import { ownEndpoints } from './endpoints.ts';
import { checkoutFolder, homeAt } from './home.ts';
import { isServiceSetting, isSetting } from './operator-settings.ts';
import {
  serviceEnvironment,
  simulatedCloudEnvironment,
  workerEnvironment,
  type Setting,
} from './service-environment.ts';
import { serviceProcesses } from './service-processes.ts';
import { services } from './services.ts';

const secrets = {
  simulatedCloudKey: '', postgresPassword: '', natsPassword: '', redisPassword: '', masterKey: '',
  signingKey: '', internalKey: '', tokenId: '', tokenSecret: '',
}; // prettier-ignore
const settingWith = (environment: NodeJS.ProcessEnv): Setting => ({
  home: homeAt('/srv/slipway', '/srv/checkout'),
  ports: {},
  secrets,
  endpoints: ownEndpoints({}, secrets),
  logLevel: 'info',
  simulatedCloud: true,
  environment,
});
const worker = { runtime: 'runsc', runscPath: '', runcPath: '' } as const;
const processesWith = (environment: NodeJS.ProcessEnv) => ({
  processes: serviceProcesses(settingWith(environment), { count: 2, worker, simulatedCloud: true }, '1.0.0'),
});
const replacedBetween = (before: NodeJS.ProcessEnv, now: NodeJS.ProcessEnv): string[] =>
  comparePlans(processesWith(before), processesWith(now)).replace.map(({ name }) => name);

describe('the environment of a later ./tools/up', () => {
  const formerKeys = { SLIPWAY_FORMER_MASTER_KEYS: 'k' };

  test('starts anew the service whose setting was added, changed or left out, and no other', () => {
    expect(replacedBetween({}, formerKeys)).toEqual(['gateway']);
    expect(replacedBetween(formerKeys, { SLIPWAY_FORMER_MASTER_KEYS: 'l' })).toEqual(['gateway']);
    expect(replacedBetween(formerKeys, {})).toEqual(['gateway']);
    expect(replacedBetween({}, { WORKER_REGION: 'fra' })).toEqual([
      'simulated-cloud',
      'worker-1',
      'worker-2',
    ]);
  });

  test('starts nothing anew for what is of the shell', () => {
    const shell = { PWD: '/', SLIPWAY_HOME: '/srv', SLIPWAY_USE_DOCKER: '0', MODAL_TOKEN_ID: 'ak-1' };
    expect(replacedBetween({}, shell)).toEqual([]);
    expect(Object.keys(shell).filter(isSetting)).toEqual([]);
  });

  test('cannot change what the platform gives its services itself', () => {
    expect(replacedBetween({}, { GATEWAY_URL: 'http://elsewhere', BLOB_STORE_PORT: '1' })).toEqual([]);
  });
});

describe('every variable that a service reads', () => {
  // Of the machine, and of how the supervisor hands over a socket.
  const ofTheProcess = new Set(['PATH', 'LD_LIBRARY_PATH', 'LISTEN_FDS']);
  const readBy = (...patterns: string[]): string[] =>
    globSync(patterns, { cwd: checkoutFolder, exclude: ['**/dist/**', '**/*.spec.ts'] })
      .map((file) => readFileSync(join(checkoutFolder, file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/\benv(?:\[|, )'([A-Z][A-Z0-9_]+)'/g)].map(([, name]) => name!));
  const toldOf = (name: string, setting: Setting): Record<string, string> => {
    if (name === 'worker') return workerEnvironment(1, worker, setting);
    if (name === 'simulated-cloud') return simulatedCloudEnvironment(worker, setting);
    return serviceEnvironment(
      services.find((service) => service.name === name)!,
      setting,
    );
  };

  test.each([
    ...[...services.map(({ name }) => name), 'worker'].map(
      (name) => [name, [`services/${name}/app/config.ts`, `services/${name}/app/*/*-config.ts`]] as const,
    ),
    ['simulated-cloud', ['services/capacity-planner/app/simulated-cloud/main.ts']] as const,
  ])('is told to %s by the ./tools/up that has it', (name, files) => {
    const read = readBy(...files, 'libs/nest-kit/config.ts').filter((one) => !ofTheProcess.has(one));
    const environment = Object.fromEntries(read.map((one) => [one, 'given']));
    const told = toldOf(name, settingWith(environment));
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((one) => !(one in told))).toEqual([]);
  });
});

test('what all programs of a machine read is no setting of a service', () => {
  const names = ['GATEWAY_PUBLIC_URL', 'SLIPWAY_WEB_DOMAIN', 'https_proxy', 'PIP_INDEX_URL', 'SLIPWAY_HOME'];
  expect(names.filter(isServiceSetting)).toEqual(['GATEWAY_PUBLIC_URL', 'SLIPWAY_WEB_DOMAIN']);
});
