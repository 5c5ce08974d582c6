import type { EnvironmentRole, EnvironmentStanding, RolesByEnvironment } from './principal.js';

const WEAKEST_FIRST: readonly EnvironmentRole[] = ['no-access', 'viewer', 'contributor'];
const OUTSIDE: Readonly<Record<EnvironmentRole, EnvironmentStanding>> = {
  'no-access': 'no-access',
  viewer: 'viewer',
  // Its own environment is where it changes things.
  contributor: 'caller',
};

/**
 * What code in a container may do outside its own environment: what they may who deployed its app, short of changing
 * anything. Where several go by the deployer's name, the least that any of them may; where nobody does any more, nothing.
 */
export const rolesOfTask = (
  deployers: readonly RolesByEnvironment<EnvironmentRole>[],
): RolesByEnvironment => {
  const weakest = (
    roleOf: (of: RolesByEnvironment<EnvironmentRole>) => EnvironmentRole,
  ): EnvironmentStanding => {
    const roles = new Set(deployers.map(roleOf));
    return OUTSIDE[WEAKEST_FIRST.find((role) => roles.has(role)) ?? 'no-access'];
  };
  const names = deployers.flatMap(({ environmentRoles }) => Object.keys(environmentRoles));
  return {
    roleElsewhere: weakest(({ roleElsewhere }) => roleElsewhere),
    environmentRoles: Object.fromEntries(
      names.map((name) => [
        name,
        weakest(({ environmentRoles, roleElsewhere }) => environmentRoles[name] ?? roleElsewhere),
      ]),
    ),
  };
};
