import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { composeEnvironment } from './compose-environment.ts';
import { ownEndpoints } from './endpoints.ts';
import { checkoutFolder, homeAt } from './home.ts';
import { serviceEnvironment, workerEnvironment } from './service-environment.ts';
import { services } from './services.ts';

type ComposeFile = {
  services: Record<
    string,
    { environment?: Record<string, string>; privileged?: boolean; command?: string[] }
  >;
};

const text = readFileSync(join(checkoutFolder, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as ComposeFile;
const secrets = {
  simulatedCloudKey: 'cloud',
  postgresPassword: '', natsPassword: '', redisPassword: '', masterKey: '',
  signingKey: '', internalKey: '', tokenId: '', tokenSecret: '',
}; // prettier-ignore
const setting = {
  home: homeAt('/srv/slipway'),
  ports: {},
  secrets,
  endpoints: ownEndpoints({}, secrets),
  logLevel: 'info',
  simulatedCloud: false,
};
const namesOf = (environment: object | undefined): string[] => Object.keys(environment ?? {}).toSorted();

describe('docker-compose.yml', () => {
  test('it has the servers, every service and a worker, and nothing else', () => {
    const wanted = ['postgres', 'nats', 'redis', ...services.map(({ name }) => name), 'worker'];
    expect(Object.keys(compose.services).toSorted()).toEqual(wanted.toSorted());
  });

  test.each(services.map((service) => [service.name, service] as const))(
    '%s gets the settings of ./tools/up',
    (name, service) => {
      expect(namesOf(compose.services[name]?.environment)).toEqual(
        namesOf(serviceEnvironment(service, setting)),
      );
      expect(compose.services[name]?.command).toEqual([`services/${name}/app/dist/main.js`]);
    },
  );

  test('the worker gets the settings of ./tools/up and may make containers', () => {
    const environment = workerEnvironment(1, { runtime: 'runsc', runscPath: '', runcPath: '' }, setting);
    expect(namesOf(compose.services['worker']?.environment)).toEqual(namesOf(environment));
    expect(compose.services['worker']?.privileged).toBe(true);
  });

  test('every variable that it reads without a default is one that ./tools/up sets', () => {
    const read = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!));
    const set = composeEnvironment({}, secrets);
    expect([...read].filter((name) => !Object.hasOwn(set, name))).toEqual([]);
  });
});
