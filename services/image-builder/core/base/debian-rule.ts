import { refuse, type Refusal } from '@slipway/kernel';

/** Which Python each Debian suite carries: what a base image can be made of without a registry. */
export type SuitePython = Readonly<{ suite: string; python: string }>;

export const DEBIAN_SUITES: readonly SuitePython[] = [
  { suite: 'bookworm', python: '3.11' },
  { suite: 'trixie', python: '3.13' },
  { suite: 'forky', python: '3.14' },
];

const SUITE_BY_NUMBER: Readonly<Record<string, string>> = { '12': 'bookworm', '13': 'trixie', '14': 'forky' };

export type DebianRecipe = Readonly<{
  suite: string;
  /** The series, where Python belongs to the image. */
  python?: string;
  /** How what is made differs from what was asked for. */
  note?: string;
}>;

/**
 * How a base image of this name is made from Debian packages: `debian:<suite>[-slim]`,
 * `python:3.X[.Y]-slim[-<suite>]`. Undefined: this rule does not make it.
 */
export const debianRecipe = (name: string, suites: readonly SuitePython[]): DebianRecipe | undefined => {
  const reference = name.replace(/^(docker\.io\/)?(library\/)?/, '');
  const debian = /^debian:([a-z0-9]+)(-slim)?$/.exec(reference);
  if (debian) {
    const suite = SUITE_BY_NUMBER[debian[1] ?? ''] ?? debian[1];
    return suites.some((known) => known.suite === suite) ? { suite: suite ?? '' } : undefined;
  }
  const python = /^python:(3\.\d+)(\.\d+)?-slim(?:-([a-z]+))?$/.exec(reference);
  if (!python) return undefined;
  const [, series = '', , askedSuite] = python;
  const made = suites.find((known) => known.python === series);
  if (!made) return undefined;
  return {
    ...made,
    ...(askedSuite !== undefined && askedSuite !== made.suite
      ? { note: `Python ${series} comes from Debian ${made.suite}: ${askedSuite} does not carry it` }
      : {}),
  };
};

/** What a name that nothing makes is answered: which names exist, and how to add one. */
export const unknownBase = (
  name: string,
  suites: readonly SuitePython[],
  ociLayouts: readonly string[],
): Refusal =>
  refuse(
    'not-found',
    'base-image-unknown',
    `base image '${name}' is not available: no registry answered for it, and it is none of those made from Debian packages (` +
      suites
        .flatMap(({ suite, python }) => [`debian:${suite}-slim`, `python:${python}-slim-${suite}`])
        .join(', ') +
      `). To add one, name a reachable registry or mirror in IMAGE_BUILDER_REGISTRY_MIRRORS, or copy the image as an OCI layout ` +
      (ociLayouts.length > 0
        ? `into ${ociLayouts.join(' or ')}`
        : 'into a folder that IMAGE_BUILDER_OCI_LAYOUTS names') +
      ` and write FROM oci-layout:/path`,
  );
