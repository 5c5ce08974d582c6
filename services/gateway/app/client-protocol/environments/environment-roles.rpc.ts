import { accepted, refuse } from '@slipway/kernel';
import { readEnvironmentRole, roleInEnvironment, type EnvironmentRole } from '@slipway/gateway-core';
import { EnvironmentGetRolesResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { memberRoleOnWire } from '../accounts/member-role-on-wire.js';
import { roleOfWire, roleOnWire } from './role-on-wire.js';

type Parts = Pick<RpcParts, 'environments' | 'principals' | 'authenticator'>;

export const environmentGetRoles =
  ({ environments, principals }: Parts): UnaryRpc<'environmentGetRoles'> =>
  async ({ environmentId }, { caller }) => {
    const environment = await environments.getById(caller.workspaceId, environmentId);
    const forMembers = (environment.memberRole ?? undefined) as EnvironmentRole | undefined;
    const assigned = await principals.rolesIn(environmentId);
    return EnvironmentGetRolesResponse.fromPartial({
      name: environment.name,
      createdAt: environment.createdAt / 1000,
      ...(forMembers ? { defaultMemberRole: roleOnWire(forMembers) } : {}),
      principalRoles: (await principals.list(caller.workspaceId)).map((principal) => {
        const given = assigned.get(principal.principalId);
        const role = roleInEnvironment({
          principal,
          ...(given ? { assigned: given } : {}),
          ...(forMembers ? { forMembers } : {}),
        });
        return {
          ...(principal.kind === 'member'
            ? { userId: principal.principalId, userName: principal.name, email: principal.email ?? '' }
            : { serviceUserId: principal.principalId, serviceUserName: principal.name }),
          role: roleOnWire(role),
          roleStr: role,
          memberRole: memberRoleOnWire(principal.role),
          inheritsDefaultMemberRole: given === undefined,
          hasRoleAssignment: given !== undefined,
        };
      }),
    });
  };

export const environmentRoleSet =
  ({ environments, principals, authenticator }: Parts): UnaryRpc<'environmentRoleSet'> =>
  async (request, { caller: { workspaceId } }) => {
    const { environmentId } = request.environmentId
      ? await environments.getById(workspaceId, request.environmentId)
      : await environments.get(workspaceId, request.environmentName);
    const ofServiceUser = request.serviceUserId || request.serviceUserName;
    const principal = ofServiceUser
      ? await principals.get(workspaceId, 'service-user', ofServiceUser)
      : await principals.get(workspaceId, 'member', request.userId);
    const role = request.roleStr ? accepted(readEnvironmentRole(request.roleStr)) : roleOfWire(request.role);
    if (principal.role !== 'member')
      accepted(
        refuse(
          'invalid',
          'role-not-restrictable',
          `'${principal.name}' is ${principal.role} of the workspace and has every right in all environments.`,
        ),
      );
    await principals.setRole(environmentId, principal.principalId, role);
    authenticator.forgetAll();
    return {};
  };
