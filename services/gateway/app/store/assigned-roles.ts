import {
  roleInEnvironment,
  type EnvironmentRole,
  type Principal,
  type RolesByEnvironment,
} from '@slipway/gateway-core';

/** What was said of a principal's roles, by environment. */
export type AssignedRoles = Readonly<
  Record<string, { assigned: EnvironmentRole | null; members: EnvironmentRole | null }>
>;

/** The column of it, where `p` is a row of principals. */
export const ASSIGNED_ROLES = `(select json_object_agg(e.name, json_build_object('assigned', r.role, 'members', e.member_role))
  from gateway.environments e left join gateway.environment_roles r
    on r.environment_id = e.environment_id and r.principal_id = p.principal_id
  where e.workspace_id = p.workspace_id)`;

/** What that makes of its roles. */
export const rolesOf = (
  principal: Principal,
  roles: AssignedRoles | null,
): RolesByEnvironment<EnvironmentRole> => {
  const roleElsewhere = roleInEnvironment({ principal });
  const environmentRoles: Record<string, EnvironmentRole> = {};
  for (const [name, { assigned, members }] of Object.entries(roles ?? {})) {
    const role = roleInEnvironment({
      principal,
      ...(assigned ? { assigned } : {}),
      ...(members ? { forMembers: members } : {}),
    });
    if (role !== roleElsewhere) environmentRoles[name] = role;
  }
  return { environmentRoles, roleElsewhere };
};
