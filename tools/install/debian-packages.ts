import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runLogged } from '../terminal/run-logged.ts';
import type { Say } from '../terminal/steps.ts';
import { findByPattern, findOnPath } from './find-on-path.ts';
import { preventDebianServers } from './prevent-debian-servers.ts';
import { findPython } from './find-python.ts';

type Need = Readonly<{ packages: readonly string[]; present: () => boolean | Promise<boolean> }>;

const command = (name: string, debianPackage = name): Need => ({
  packages: [debianPackage],
  present: () => findOnPath(name) !== undefined,
});

const fileNeed = (path: string, debianPackage: string): Need => ({
  packages: [debianPackage],
  present: () => existsSync(path),
});

const anyCommand = (names: readonly string[], debianPackage: string): Need => ({
  packages: [debianPackage],
  present: () => names.some((name) => findOnPath(name) !== undefined),
});

/** Which servers the platform runs itself. */
export type OwnServers = Readonly<{ postgres: boolean; nats: boolean; redis: boolean }>;

// Servers that the operator runs elsewhere are not installed.
const needs = (own: OwnServers): Need[] => [
  { packages: ['python3', 'python3-venv'], present: async () => (await findPython()) !== undefined },
  command('ip', 'iproute2'),
  command('iptables'),
  command('mkfs.ext4', 'e2fsprogs'),
  command('mmdebstrap'),
  command('mount'),
  command('runc'),
  command('tar'),
  command('unshare', 'util-linux'),
  fileNeed('/etc/ssl/certs/ca-certificates.crt', 'ca-certificates'),
  fileNeed('/usr/share/keyrings/debian-archive-keyring.gpg', 'debian-archive-keyring'),
  ...(!own.postgres
    ? []
    : [
        {
          packages: ['postgresql'],
          present: () =>
            findOnPath('initdb') !== undefined ||
            findByPattern('/usr/lib/postgresql/*/bin/initdb').length > 0,
        },
      ]),
  // The server's program itself lies in redis-tools; redis-server adds the daemon of the system, which is not wanted.
  ...(!own.redis ? [] : [anyCommand(['redis-server', 'redis-check-rdb'], 'redis-tools')]),
];

/** All Debian packages that a platform with these servers of its own may need. */
export const platformPackages = (own: OwnServers): readonly string[] =>
  needs(own).flatMap(({ packages }) => packages);

const attempts = 3;

/** The Debian packages that the platform needs and that are not there. */
export const missingPackages = async (own: OwnServers): Promise<string[]> => {
  const missing: string[] = [];
  for (const need of needs(own)) if (!(await need.present())) missing.push(...need.packages);
  return missing;
};

/** Only root may install, and only where there are Debian's packages. */
export const canInstallPackages = (): boolean =>
  findOnPath('apt-get') !== undefined && process.getuid?.() === 0;

/** Installs the Debian packages that are missing, and returns their names. */
export const installDebianPackages = async (log: string, own: OwnServers, say: Say): Promise<string[]> => {
  const missing = await missingPackages(own);
  if (missing.length === 0) return [];
  say(missing.join(', '));
  if (!canInstallPackages()) {
    throw new Error(
      `these are missing and only root on Debian can install them: apt-get install ${missing.join(' ')}`,
    );
  }
  await addDebianPackages(missing, log);
  return missing;
};

/** Installs these Debian packages, as root; none of their servers is started. */
export const addDebianPackages = async (packages: readonly string[], log: string): Promise<void> => {
  const allow = preventDebianServers();
  try {
    await aptGet(['update'], log);
    await aptGet(
      ['install', '--yes', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', ...packages],
      log,
    );
  } finally {
    allow();
  }
};

const aptGet = async (words: readonly string[], log: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runLogged('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-q', ...words], {
        log,
        environment: { DEBIAN_FRONTEND: 'noninteractive' },
      });
    } catch (error) {
      if (attempt === attempts) throw error;
      await sleep(attempt * 2_000);
    }
  }
};
