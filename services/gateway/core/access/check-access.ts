import { refuse, type Refusal } from '@slipway/kernel';
import type { Caller } from './caller.js';
import { MAY, type Access, type EnvironmentRole } from './principal.js';

/** The caller's role in an environment; a container is at home in its own workspace. */
export const environmentRoleOf = (caller: Caller, environment: string): EnvironmentRole =>
  caller.kind === 'task' ? 'contributor' : (caller.environmentRoles[environment] ?? caller.roleElsewhere);

/** Whether some environment is closed to the caller in some way. */
export const isRestricted = (caller: Caller): boolean =>
  caller.kind === 'token' &&
  [caller.roleElsewhere, ...Object.values(caller.environmentRoles)].some((role) => role !== 'contributor');

/** Undefined where the caller may do this in the environment. */
export const refuseInEnvironment = (
  caller: Caller,
  access: Access,
  environment: string,
): Refusal | undefined => {
  const role = environmentRoleOf(caller, environment);
  if (MAY[role].includes(access)) return undefined;
  return refuse(
    'forbidden',
    'environment-role-too-low',
    role === 'no-access'
      ? `You have no access to environment '${environment}'. Somebody who manages the workspace can give it: \`modal environment roles update\`.`
      : `You are a ${role} in environment '${environment}' and may look but not change anything there.`,
  );
};

/** Undefined where the caller may manage the workspace: its environments, members, service users and settings. */
export const refuseManagement = (caller: Caller): Refusal | undefined => {
  if (caller.kind === 'token' && MAY[caller.principal.role].includes('manage')) return undefined;
  return refuse(
    'forbidden',
    'not-a-manager',
    caller.kind === 'task'
      ? 'Code in a container may not manage its workspace.'
      : `'${caller.principal.name}' may not manage the workspace '${caller.workspaceName}': ask an owner or a manager.`,
  );
};

/** Undefined where the caller, who names no environment, may do this at all: make an image, upload a file. */
export const refuseAnywhere = (caller: Caller, access: Access): Refusal | undefined => {
  if (caller.kind === 'task') return undefined;
  const roles = [caller.roleElsewhere, ...Object.values(caller.environmentRoles)];
  return roles.some((role) => MAY[role].includes(access))
    ? undefined
    : refuse(
        'forbidden',
        'environment-role-too-low',
        `'${caller.principal.name}' may ${access} nothing in any environment of the workspace '${caller.workspaceName}'.`,
      );
};
