import { refuse, type Refusal } from '@slipway/kernel';
import type { Stage } from './split-stages.js';

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
};

const architectureOf = (name: string): string => ARCHITECTURES[name] ?? name;

/**
 * The ARGs that are there without a value of their own, as `docker build` has them: images are built on what they are for.
 * https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
 */
export const platformArgs = (machine: string): Readonly<Record<string, string>> => {
  const architecture = architectureOf(machine);
  return Object.fromEntries(
    ['TARGET', 'BUILD'].flatMap((of) => [
      [`${of}PLATFORM`, `linux/${architecture}`],
      [`${of}OS`, 'linux'],
      [`${of}ARCH`, architecture],
      [`${of}VARIANT`, ''],
    ]),
  );
};

/** Why a stage is not built where its FROM asks for another platform than this machine's. */
export const refusedPlatform = (
  { platform, from }: Pick<Stage, 'platform' | 'from'>,
  machine: string,
): Refusal | undefined => {
  if (platform === undefined || isPlatformOf(platform.toLowerCase(), architectureOf(machine)))
    return undefined;
  return refuse(
    'invalid',
    'wrong-platform',
    `line ${from.line}: FROM --platform=${platform} is not supported: this site builds for linux/${architectureOf(machine)}`,
  );
};

/** A platform is `os[/architecture[/variant]]` or an architecture alone; 64-bit ARM is `v8` without saying so. */
const isPlatformOf = (platform: string, architecture: string): boolean => {
  const [os = '', named, ...variant] = platform.split('/');
  if (named === undefined) return os === 'linux' || architectureOf(os) === architecture;
  const plain = architecture === 'arm64' ? 'v8' : 'v1';
  return os === 'linux' && architectureOf(named) === architecture && (variant.join('/') || plain) === plain;
};
