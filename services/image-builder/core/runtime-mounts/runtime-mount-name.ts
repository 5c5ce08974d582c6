import { wheelTarget } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { PythonBuild } from './python-archive.js';

/** What compiled packages are made for. */
export type PythonTarget = Readonly<{
  /** For example `3.11`; free-threaded builds end in `t`. */
  python: string;
  libc: 'gnu' | 'musl';
  arch: string;
}>;

/** The mounts that clients and servers of the protocol know by name. */
export type RuntimeMount =
  | Readonly<{ kind: 'client'; version: string }>
  | Readonly<{ kind: 'dependencies'; builderVersion: string } & PythonTarget>
  | Readonly<{ kind: 'web-lane' } & PythonTarget>
  | Readonly<{ kind: 'standalone-python'; build: PythonBuild }>;

const WEB_LANE = 'slipway-web-lane';

export const parseRuntimeMountName = (name: string): RuntimeMount | Refusal => {
  const client = /^modal-client-mount-([\w.+-]+)$/.exec(name);
  if (client) return { kind: 'client', version: client[1] ?? '' };
  const build = standalonePython(name);
  if (build) return { kind: 'standalone-python', build };
  const dependencies = /^([\w.-]+)-cp3(\d+t?)-(manylinux|musllinux)_\d+_\d+-(x86_64|aarch64)$/.exec(name);
  if (!dependencies)
    return refuse('not-found', 'runtime-mount-unknown', `there is no runtime mount named '${name}'`);
  const [, list = '', minor, family, arch = ''] = dependencies;
  const target: PythonTarget = {
    python: `3.${minor}`,
    libc: family === 'musllinux' ? 'musl' : 'gnu',
    arch,
  };
  return list === WEB_LANE
    ? { kind: 'web-lane', ...target }
    : { kind: 'dependencies', builderVersion: list, ...target };
};

/** `python-build-standalone.<release>.<version>[t]-<libc>` */
const standalonePython = (name: string): PythonBuild | undefined => {
  const [, release, version, free, libc] =
    /^python-build-standalone\.(\d{8})\.(3\.\d+\.\d+)(t?)-(gnu|musl)$/.exec(name) ?? [];
  if (release === undefined || version === undefined) return undefined;
  return {
    release,
    version,
    threads: free === 't' ? 'free' : 'one-at-a-time',
    libc: libc === 'musl' ? 'musl' : 'gnu',
  };
};

/** The name of the dependency mount for an image's Python; `pythonVersion` may have a patch number. */
export const dependencyMountName = (
  builderVersion: string,
  pythonVersion: string,
  libc: 'gnu' | 'musl',
  arch: string,
): string => `${builderVersion}-${wheelTarget(pythonVersion, libc, arch)}`;

/** Up to 2024.10 the client's dependencies were installed into the image; from then on they are mounted. */
export const mountsDependencies = (builderVersion: string): boolean => builderVersion > '2024.10';
