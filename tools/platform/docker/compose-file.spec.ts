import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { platformPackages } from '../../install/debian-packages.ts';
import { composeEnvironment } from './compose-environment.ts';
import { ownEndpoints } from '../endpoints.ts';
import { checkoutFolder, homeAt } from '../home.ts';
import { serviceEnvironment, workerEnvironment } from '../service-environment.ts';
import { services } from '../services.ts';

type ComposeFile = {
  services: Record<
    string,
    {
      environment?: Record<string, string>;
      privileged?: boolean;
      command?: string[];
      ports?: string[];
      volumes?: string[];
    }
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
  // What a setting of the same name hands on.
  environment: { SLIPWAY_FORMER_MASTER_KEYS: '' },
};
const namesOf = (environment: object | undefined): string[] => Object.keys(environment ?? {}).toSorted();
/** What ./tools/up need not say, where all processes are on one host: where each of them listens, and how clients get there. */
const placesOf: Readonly<Record<string, readonly string[]>> = {
  gateway: ['GATEWAY_HOST', 'BLOB_STORE_PUBLIC_URL'],
  'blob-store': ['BLOB_STORE_HOST'],
  worker: ['WORKER_DENIED_NETWORKS'],
};
/** Required in Debian: no image is without them. */
const ofEveryDebian = new Set(['mount', 'tar', 'util-linux']);
const environmentOf = (name: string): Record<string, string> => compose.services[name]?.environment ?? {};
/** The services that a URL of some environment leads to, and at which port. */
const asked = Object.keys(compose.services).flatMap((asker) =>
  Object.values(environmentOf(asker)).flatMap((value) =>
    [...String(value).matchAll(/^http:\/\/([a-z-]+):(\d+)/g)].map(([, host, port]) => ({
      host: host!,
      port,
    })),
  ),
);

describe('docker-compose.yml', () => {
  test('it has the servers, every service and a worker, and nothing else', () => {
    const wanted = ['postgres', 'nats', 'redis', ...services.map(({ name }) => name), 'worker'];
    expect(Object.keys(compose.services).toSorted()).toEqual(wanted.toSorted());
  });

  test.each(services.map((service) => [service.name, service] as const))(
    '%s gets the settings of ./tools/up',
    (name, service) => {
      expect(namesOf(environmentOf(name))).toEqual(
        [...namesOf(serviceEnvironment(service, setting)), ...(placesOf[name] ?? [])].toSorted(),
      );
      expect(compose.services[name]?.command).toEqual([`services/${name}/app/dist/main.js`]);
    },
  );

  test('the worker gets the settings of ./tools/up and may make containers', () => {
    const environment = workerEnvironment(1, { runtime: 'runsc', runscPath: '', runcPath: '' }, setting);
    expect(namesOf(environmentOf('worker'))).toEqual(
      [...namesOf(environment), ...placesOf['worker']!].toSorted(),
    );
    expect(compose.services['worker']?.privileged).toBe(true);
    // Loop devices of containers' disks appear there.
    expect(compose.services['worker']?.volumes).toContain('/dev:/dev');
  });

  test('who is asked by another container, or from outside, listens not on its loopback alone', () => {
    const published = Object.values(compose.services).flatMap(({ ports = [] }) =>
      ports.map((text) => text.split(':').at(-1)),
    );
    for (const { name, portVariable } of services.filter((service) => service.portVariable)) {
      const environment = environmentOf(name);
      const port = environment[portVariable!];
      expect(asked).toContainEqual({ host: name, port });
      expect(published).toContain(port);
      expect(environment[portVariable!.replace(/PORT$/, 'HOST')]).toBe('0.0.0.0');
    }
    const { WORKER_RELAY_HOST, WORKER_ROUTER_HOST } = environmentOf('worker');
    expect([WORKER_RELAY_HOST, WORKER_ROUTER_HOST]).toEqual(['worker', 'worker']);
  });

  test('the image has every Debian package that ./tools/up installs, but those of servers', () => {
    const dockerfile = readFileSync(join(checkoutFolder, 'infra/images/Dockerfile'), 'utf8');
    const words = new Set(/apt-get install ([^&]+)/.exec(dockerfile)?.[1]?.split(/\s+/));
    const wanted = platformPackages({ postgres: false, nats: false, redis: false });
    expect(wanted.filter((name) => !words.has(name) && !ofEveryDebian.has(name))).toEqual([]);
  });

  test('infra/compose-secrets makes every secret that it reads, in the form that the services want', () => {
    const lines = execFileSync(join(checkoutFolder, 'infra/compose-secrets'), { encoding: 'utf8' })
      .trim()
      .split('\n');
    const made = Object.fromEntries(lines.map((line) => line.split('=')));
    const read = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    expect(Object.keys(made).toSorted()).toEqual([...read].toSorted());
    expect(made['SLIPWAY_MASTER_KEY']).toMatch(/^[0-9a-f]{64}$/);
    expect(made['SLIPWAY_NATS_PASSWORD']).toMatch(/^[a-z]\w{31,}$/);
    expect(new Set(Object.values(made)).size).toBe(lines.length);
  });

  test('no secret is an argument of a process, which everybody can read', () => {
    const withSecret = Object.entries(compose.services)
      .filter(([, { command }]) => /\$\{\w+_(PASSWORD|KEY|SECRET)\b/.test(String(command)))
      .map(([name]) => name);
    expect(withSecret).toEqual([]);
  });

  test('the secrets of .env, and of platforms on this machine, stay out of the image', () => {
    const ignored = readFileSync(join(checkoutFolder, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.slipway', '.slipway-*']));
  });

  test('every variable that it reads without a default is one that ./tools/up sets', () => {
    const read = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!));
    const set = composeEnvironment({}, secrets);
    expect([...read].filter((name) => !Object.hasOwn(set, name))).toEqual([]);
  });
});
