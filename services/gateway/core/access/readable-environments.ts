import type { EnvironmentChoice } from '@slipway/contracts';
import type { Caller } from './caller.js';
import { environmentRoleOf } from './check-access.js';
import { MAY } from './principal.js';

/** Whether the caller may look into an environment. */
export const mayLookInto = (caller: Caller, environment: string): boolean =>
  MAY[environmentRoleOf(caller, environment)].includes('look');

/** The environments that the caller may look into: what lists show. */
export const readableEnvironments = (caller: Caller): EnvironmentChoice => {
  const named = [...Object.keys(caller.environmentRoles), caller.defaultEnvironment];
  return MAY[caller.roleElsewhere].includes('look')
    ? { allBut: named.filter((environment) => !mayLookInto(caller, environment)) }
    : { only: [...new Set(named.filter((environment) => mayLookInto(caller, environment)))] };
};
