import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Installed } from '../install/installed.ts';
import type { ProcessSpec } from '../supervisor/process-spec.ts';
import type { Ports } from './choose-ports.ts';
import type { Home } from './home.ts';
import { replaceFile } from './json-file.ts';
import { postgresCommand } from './postgres-command.ts';
import type { Secrets } from './secrets.ts';

export type InfrastructureSetting = Readonly<{ home: Home; ports: Ports; secrets: Secrets }>;

const common = { tier: 'infrastructure', revision: '', stopMs: 15_000 } as const;

/** PostgreSQL on its data folder, listening at the loopback address alone. */
export const postgresProcess = async (
  { home, ports }: InfrastructureSetting,
  postgres: Installed,
): Promise<ProcessSpec> => {
  const port = ports['postgres']!;
  const data = join(home.data, 'postgres');
  const settings = [
    `config_file=${join(home.checkout, 'infra/postgres/postgresql.conf')}`,
    `data_directory=${data}`,
    `hba_file=${join(data, 'pg_hba.conf')}`,
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
  ];
  const [command, ...first] = await postgresCommand(join(postgres.path, 'postgres'));
  return {
    ...common,
    name: 'postgres',
    command: command!,
    arguments: [...first, '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    environment: {},
    folder: home.folder,
    probe: { kind: 'postgres', port },
    port,
    version: postgres.version,
    // A fast shutdown: sessions are ended, the data is written out.
    stopSignal: 'SIGINT',
    postgresData: data,
  };
};

/** NATS with JetStream; `quoted` keeps a value from being read as a number. */
export const natsProcess = (
  { home, ports, secrets }: InfrastructureSetting,
  nats: Installed,
): ProcessSpec => {
  const quoted = (text: string) => JSON.stringify(text);
  return {
    ...common,
    name: 'nats',
    command: nats.path,
    arguments: ['-c', join(home.checkout, 'infra/nats/nats.conf')],
    environment: {
      NATS_HOST: quoted('127.0.0.1'),
      NATS_PORT: String(ports['nats']),
      NATS_MONITOR: quoted(`127.0.0.1:${ports['nats-monitor']}`),
      NATS_PASSWORD: quoted(secrets.natsPassword),
      NATS_STORE_DIR: quoted(join(home.data, 'nats')),
    },
    folder: home.folder,
    probe: { kind: 'http', url: `http://127.0.0.1:${ports['nats-monitor']}/healthz` },
    port: ports['nats']!,
    version: nats.version,
    stopSignal: 'SIGTERM',
  };
};

/** Redis as a cache: nothing in it needs to outlive it, so it writes nothing to disk. */
export const redisProcess = (
  { home, ports, secrets }: InfrastructureSetting,
  redis: Installed,
): ProcessSpec => {
  const port = ports['redis']!;
  const data = join(home.data, 'redis');
  const settings = join(data, 'redis.conf');
  mkdirSync(data, { recursive: true });
  // A file, for the arguments of a process can be read by everybody.
  replaceFile(
    settings,
    `bind 127.0.0.1\nport ${port}\nrequirepass ${secrets.redisPassword}\nsave ""\n`,
    0o600,
  );
  return {
    ...common,
    name: 'redis',
    command: redis.path,
    arguments: [settings],
    environment: {},
    folder: data,
    probe: { kind: 'redis', port, password: secrets.redisPassword },
    port,
    version: redis.version,
    stopSignal: 'SIGTERM',
  };
};
