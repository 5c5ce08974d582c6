import { refuse, type Refusal } from '@slipway/kernel';
import type { EnvironmentRole } from './principal.js';

const ROLES: readonly EnvironmentRole[] = ['contributor', 'viewer', 'no-access'];

/** A role by its name, in the spellings that clients use. */
export const readEnvironmentRole = (text: string): EnvironmentRole | Refusal => {
  const role = ROLES.find((known) => known === text.toLowerCase().replaceAll('_', '-'));
  return (
    role ??
    refuse(
      'invalid',
      'role-unknown',
      `'${text}' is no role in an environment: use one of ${ROLES.join(', ')}.`,
    )
  );
};
