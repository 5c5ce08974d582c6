import { refuse, type Refusal } from '@slipway/kernel';
import type { Caller } from './caller.js';
import { MAY, type Access, type EnvironmentStanding } from './principal.js';

/** The caller's role in an environment; a container is at home in its own. */
export const environmentRoleOf = (caller: Caller, environment: string): EnvironmentStanding =>
  caller.kind === 'task' && environment === caller.defaultEnvironment
    ? 'contributor'
    : (caller.environmentRoles[environment] ?? caller.roleElsewhere);

const everyRole = ({ roleElsewhere, environmentRoles }: Caller): readonly EnvironmentStanding[] => [
  roleElsewhere,
  ...Object.values(environmentRoles),
];

/** Whether the caller may do this in every environment, whichever it is. */
export const mayEverywhere = (caller: Caller, access: Access): boolean =>
  everyRole(caller).every((role) => MAY[role].includes(access));

/** Undefined where the caller may do this in all environments: what counts for the whole workspace counts in each of them. */
export const refuseEverywhere = (caller: Caller, access: Access, what: string): Refusal | undefined =>
  mayEverywhere(caller, access)
    ? undefined
    : refuse(
        'forbidden',
        'environment-role-too-low',
        `${what} counts in every environment of the workspace, and you may not ${access} something in each of them.`,
      );

/** Undefined where the caller may do this in the environment. */
export const refuseInEnvironment = (
  caller: Caller,
  access: Access,
  environment: string,
): Refusal | undefined => {
  const role = environmentRoleOf(caller, environment);
  if (MAY[role].includes(access)) return undefined;
  return refuse('forbidden', 'environment-role-too-low', explain(caller, role, environment));
};

/** Of an environment into which somebody with a token may not look. */
export const noAccessTo = (environment: string): Refusal =>
  refuse(
    'forbidden',
    'environment-role-too-low',
    `You have no access to environment '${environment}'. Somebody who manages the workspace can give it: \`modal environment roles update\`.`,
  );

const explain = (caller: Caller, role: EnvironmentStanding, environment: string): string => {
  const isTask = caller.kind === 'task';
  if (role === 'no-access')
    return isTask
      ? `Who deployed this app has no access to environment '${environment}', nor has its code, whose own is '${caller.defaultEnvironment}'.`
      : noAccessTo(environment).message;
  return isTask
    ? `Code in a container of environment '${caller.defaultEnvironment}' may ${role === 'caller' ? 'look and call functions' : 'look'} in environment '${environment}', but not change anything there.`
    : `You are a ${role} in environment '${environment}' and may look but not change anything there.`;
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
  return everyRole(caller).some((role) => MAY[role].includes(access))
    ? undefined
    : refuse(
        'forbidden',
        'environment-role-too-low',
        `'${caller.principal.name}' may ${access} nothing in any environment of the workspace '${caller.workspaceName}'.`,
      );
};
