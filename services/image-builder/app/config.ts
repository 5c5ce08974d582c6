import { accepted } from '@slipway/kernel';
import { DEBIAN_SUITES, parseSuites, type SuitePython } from '@slipway/image-builder-core';
import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type ImageBuilderConfig = SharedConfig &
  Readonly<{
    /** The Python that runs pip: for client packages, and to learn of this site's package settings. */
    python: string;
    suites: readonly SuitePython[];
    /** Registries to ask in place of a name's own, by host: `docker.io` → `https://mirror.example`. */
    registryMirrors: Readonly<Record<string, string>>;
    /** Where the releases of python-build-standalone are, for `add_python`. */
    pythonBuildsUrl: string;
    /** Folders in which OCI layouts may lie. */
    ociLayouts: readonly string[];
    /** The client whose requirement lists the dependency mounts follow. */
    clientVersion: string;
    stepTimeoutMs: number;
    parallelBuilds: number;
    /** For how many days what builds said is kept; 0: for ever. */
    logDays: number;
    /** This process in the shard's lease: the same name after a restart. */
    instance: string;
    /** The environment that the host's package tools see: read for the site's settings. */
    hostEnv: Environment;
  }>;

const HOUR_MS = 60 * 60 * 1000;
const PYTHON_BUILDS = 'https://github.com/astral-sh/python-build-standalone/releases/download';

export const readImageBuilderConfig = (env: Environment): ImageBuilderConfig => ({
  ...readConfig(env),
  python: env['IMAGE_BUILDER_PYTHON'] ?? 'python3',
  suites: env['IMAGE_BUILDER_DEBIAN_PYTHONS']
    ? accepted(parseSuites(env['IMAGE_BUILDER_DEBIAN_PYTHONS']))
    : DEBIAN_SUITES,
  registryMirrors: readMirrors(env['IMAGE_BUILDER_REGISTRY_MIRRORS'] ?? ''),
  pythonBuildsUrl: readPythonBuilds(env['IMAGE_BUILDER_PYTHON_BUILDS'] || PYTHON_BUILDS),
  ociLayouts: (env['IMAGE_BUILDER_OCI_LAYOUTS'] ?? '').split(':').filter((folder) => folder !== ''),
  clientVersion: env['IMAGE_BUILDER_CLIENT_VERSION'] ?? '1.6.4',
  stepTimeoutMs:
    readCount('IMAGE_BUILDER_STEP_TIMEOUT_S', env['IMAGE_BUILDER_STEP_TIMEOUT_S'] || `${HOUR_MS / 1000}`) *
    1000,
  parallelBuilds: readCount('IMAGE_BUILDER_PARALLEL_BUILDS', env['IMAGE_BUILDER_PARALLEL_BUILDS'] || '8'),
  logDays: readDays(env['IMAGE_BUILDER_LOG_DAYS'] || '90'),
  instance: env['SLIPWAY_INSTANCE'] ?? 'image-builder-1',
  hostEnv: env,
});

const readCount = (name: string, text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new Error(`${name} is '${text}', but must be a whole number from 1 to 999999`);
  return Number(text);
};

const readDays = (text: string): number => {
  if (!/^\d{1,5}$/.test(text))
    throw new Error(
      `IMAGE_BUILDER_LOG_DAYS is '${text}', but must be whole days, or 0 to keep what builds said for ever`,
    );
  return Number(text);
};

const readPythonBuilds = (url: string): string => {
  if (!/^https?:\/\//.test(url))
    throw new Error(
      `IMAGE_BUILDER_PYTHON_BUILDS is '${url}', but must be a URL like https://mirror.example/python-build-standalone`,
    );
  return url.replace(/\/$/, '');
};

/** Reads `docker.io=https://mirror.example,ghcr.io=http://localhost:5000`. */
const readMirrors = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((entry) => entry.trim() !== '')
      .map((entry) => {
        const [registry = '', url = ''] = entry.trim().split('=');
        if (!/^https?:\/\//.test(url))
          throw new Error(
            `IMAGE_BUILDER_REGISTRY_MIRRORS has '${entry}', but must be a list like docker.io=https://mirror.example`,
          );
        return [registry, url.replace(/\/$/, '')];
      }),
  );
