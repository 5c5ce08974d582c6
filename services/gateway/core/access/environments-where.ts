import type { EnvironmentChoice } from '@slipway/contracts';
import type { Caller } from './caller.js';
import { environmentRoleOf } from './check-access.js';
import { MAY, type Access } from './principal.js';

/** Whether the caller may do this in an environment. */
export const mayIn = (caller: Caller, access: Access, environment: string): boolean =>
  MAY[environmentRoleOf(caller, environment)].includes(access);

/** The environments in which the caller may do this. */
export const environmentsWhere = (caller: Caller, access: Access): EnvironmentChoice => {
  const named = [...Object.keys(caller.environmentRoles), caller.defaultEnvironment];
  return MAY[caller.roleElsewhere].includes(access)
    ? { allBut: named.filter((environment) => !mayIn(caller, access, environment)) }
    : { only: [...new Set(named.filter((environment) => mayIn(caller, access, environment)))] };
};
