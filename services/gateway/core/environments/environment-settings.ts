import { refuse, type Refusal } from '@slipway/kernel';

/** Builder versions that an environment or a workspace can be set to. */
export const BUILDER_VERSIONS = ['2023.12', '2024.04', '2024.10', '2025.06', '2026.10'] as const;

export const refuseBuilderVersion = (version: string): Refusal | undefined =>
  (BUILDER_VERSIONS as readonly string[]).includes(version)
    ? undefined
    : refuse(
        'invalid',
        'builder-version-unknown',
        `'${version}' is no image builder version: use one of ${BUILDER_VERSIONS.join(', ')}.`,
      );

const SUFFIX = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;

/** The suffix becomes a part of a host name. */
export const refuseWebSuffix = (suffix: string): Refusal | undefined =>
  suffix === '' || SUFFIX.test(suffix)
    ? undefined
    : refuse(
        'invalid',
        'web-suffix-invalid',
        `'${suffix}' cannot be a web suffix: use 1 to 32 lower-case letters, digits and dashes, no dash at an end, or nothing.`,
      );

/** What an environment holds that bears its name outside the gateway. */
export type EnvironmentContents = Readonly<{
  apps: number;
  volumes: number;
  /** Of its budget, for what its containers used and is not booked yet; under soft budgets alone nothing is. */
  heldUsd: string;
}>;

/**
 * Undefined where the environment may get another name: what runs or is kept under the old one would be lost from sight, and what
 * its containers used and is booked later would count for no hard budget. A soft one may miss what they used at the very last.
 */
export const refuseRename = (
  name: string,
  { apps, volumes, heldUsd }: EnvironmentContents,
): Refusal | undefined => {
  if (apps + volumes > 0)
    return refuse(
      'conflict',
      'environment-in-use',
      `Environment '${name}' cannot be renamed while it has ${apps} apps and ${volumes} volumes: stop and delete them, or make a new environment.`,
    );
  if (Number(heldUsd) > 0)
    return refuse(
      'conflict',
      'environment-in-use',
      `Environment '${name}' cannot be renamed while ${heldUsd} USD of its budget is held for containers that have just ended: try again in a few minutes.`,
    );
  return undefined;
};

export const refuseDeletion = (name: string, defaultEnvironment: string): Refusal | undefined =>
  name === defaultEnvironment
    ? refuse(
        'conflict',
        'environment-is-default',
        `Environment '${name}' is the default of its workspace and cannot be deleted: set another with \`modal workspace settings set default-environment\` first.`,
      )
    : undefined;
