import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerRef } from '@slipway/contracts';
import type { BaseImage, BuildLog, DebianRecipe } from '@slipway/image-builder-core';
import type { ObjectClient } from '@slipway/nest-kit';
import { refuse, RefusedError } from '@slipway/kernel';
import { CommandFailedError, runCommand } from '../../site/command.js';
import { storeLayer } from '../../layers/store-layer.js';
import { findDebianMirrors, type DebianMirrors } from './apt-sources.js';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Suites that are still being made have no updates of their own. */
const ROLLING = new Set(['forky', 'sid', 'testing', 'unstable']);
const PYTHON_PACKAGES = [
  'python3',
  'python3-dev',
  'python3-pip',
  'python3-venv',
  'python3-setuptools',
  'python3-wheel',
];
const BASE_PACKAGES = ['ca-certificates', 'netbase', 'tzdata'];

const sourceLines = (suite: string, { main, security }: DebianMirrors): readonly string[] => {
  const line = (mirror: string, of: string): string => `deb [signed-by=${KEYRING}] ${mirror} ${of} main`;
  return [
    line(main, suite),
    ...(ROLLING.has(suite) ? [] : [line(main, `${suite}-updates`)]),
    ...(ROLLING.has(suite) || security === undefined ? [] : [line(security, `${suite}-security`)]),
  ];
};

/**
 * What is done inside the new root: Python where the official images have it, and nothing in the way of pip.
 * Debian's packages come without the RECORD that pip wants before it upgrades them: one that names their description alone
 * lets pip forget it and put the newer package in front, under /usr/local.
 */
const FINISH = `set -e
rm -f /usr/lib/python3*/EXTERNALLY-MANAGED
if [ -x /usr/bin/python3 ]; then
  ln -sf /usr/bin/python3 /usr/local/bin/python
  ln -sf /usr/bin/python3 /usr/local/bin/python3
  for name in pip pip3; do
    printf '#!/bin/sh\\nexec /usr/local/bin/python3 -m pip "$@"\\n' > /usr/local/bin/$name
    chmod 755 /usr/local/bin/$name
  done
fi
cd /usr/lib/python3/dist-packages 2>/dev/null && for info in *.dist-info; do
  if [ -d "$info" ] && [ ! -e "$info/RECORD" ]; then
    find "$info" -type f | sed 's/$/,,/' > /tmp/record
    mv /tmp/record "$info/RECORD"
  fi
done
cd /
printf 'APT::Install-Recommends "false";\\nAcquire::Languages "none";\\nAPT::Sandbox::User "root";\\n' > /etc/apt/apt.conf.d/80slipway
printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* /usr/share/doc/* /usr/share/man/* /usr/share/info/*
rm -f /etc/machine-id /etc/hostname /etc/resolv.conf
`;

type Making = Readonly<{ objects: ObjectClient; scratchDir: string; path: string; log: BuildLog }>;

/** A mirror that lags behind: its index is signed, but says that it should have been renewed by now. */
const EXPIRED_INDEX = /InRelease is expired \(invalid since ([^)]*)\)/;

/**
 * Makes the base images that Debian's packages can make, by mmdebstrap, from the mirrors of this machine.
 * Signatures are always checked; an index that is merely too old is taken, and that is said.
 */
export const makeDebianBase = async (recipe: DebianRecipe, making: Making): Promise<BaseImage> => {
  try {
    return await runMmdebstrap(recipe, making, []);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new RefusedError(
        refuse(
          'unavailable',
          'mmdebstrap-missing',
          'base images are made by mmdebstrap, which this machine lacks: install it',
        ),
      );
    const expired = error instanceof CommandFailedError ? EXPIRED_INDEX.exec(error.output)?.[1] : undefined;
    if (expired === undefined) throw error;
    making.log(
      `the mirror's index of ${recipe.suite} expired ${expired} ago, it is taken nevertheless\n`,
      'info',
    );
    return runMmdebstrap(recipe, making, ['--aptopt=Acquire::Check-Valid-Until "false"']);
  }
};

const runMmdebstrap = async (
  { suite, python }: DebianRecipe,
  { objects, scratchDir, path, log }: Making,
  extraOptions: readonly string[],
): Promise<BaseImage> => {
  const folder = await mkdtemp(join(scratchDir, 'debian-'));
  try {
    const sources = sourceLines(suite, await findDebianMirrors());
    log(
      `making ${suite}${python === undefined ? '' : ` with Python ${python}`} from Debian packages (once)\n`,
      'info',
    );
    await writeFile(join(folder, 'sources.list'), `${sources.join('\n')}\n`);
    await writeFile(join(folder, 'finish'), FINISH);
    const packages = [...BASE_PACKAGES, ...(python === undefined ? [] : PYTHON_PACKAGES)];
    const versionFile = join(folder, 'python-version');
    let layer: LayerRef | undefined;
    await runCommand(
      'mmdebstrap',
      [
        '--mode=root',
        '--variant=minbase',
        '--format=tar',
        '--aptopt=Acquire::Languages "none"',
        '--aptopt=APT::Install-Recommends "false"',
        '--dpkgopt=path-exclude=/usr/share/man/*',
        '--dpkgopt=path-exclude=/usr/share/doc/*',
        '--dpkgopt=path-exclude=/usr/share/locale/*',
        ...extraOptions,
        `--include=${packages.join(',')}`,
        `--customize-hook=cp ${join(folder, 'finish')} "$1/tmp/finish" && chroot "$1" /bin/sh /tmp/finish && rm "$1/tmp/finish"`,
        `--customize-hook=chroot "$1" /bin/sh -c 'python3 --version 2>/dev/null || true' > ${versionFile}`,
        suite,
        '-',
        join(folder, 'sources.list'),
      ],
      {
        env: { PATH: path, DEBIAN_FRONTEND: 'noninteractive', TMPDIR: scratchDir },
        onLine: (line) => {
          if (/^[IWE]: /.test(line)) log(`${line}\n`, 'stderr');
        },
        read: async (tar) => {
          layer = await storeLayer(tar, objects);
        },
      },
    );
    if (!layer) throw new Error('mmdebstrap wrote nothing');
    const version = /Python (\S+)/.exec(await readFile(versionFile, 'utf8'))?.[1];
    if (python !== undefined && !version?.startsWith(`${python}.`))
      throw new Error(
        `Debian ${suite} carries Python ${version ?? 'none'}, but ${python} was expected of it`,
      );
    return {
      layers: [layer],
      libc: 'gnu',
      config: {
        env: {
          LANG: 'C.UTF-8',
          ...(version === undefined ? {} : { PYTHON_VERSION: version, PIP_BREAK_SYSTEM_PACKAGES: '1' }),
        },
        cmd: [version === undefined ? 'bash' : 'python3'],
      },
      ...(version === undefined ? {} : { pythonVersion: version }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Part of a base's key: raise it when the way that bases are made changes. */
export const DEBIAN_RULE_VERSION = 3;
