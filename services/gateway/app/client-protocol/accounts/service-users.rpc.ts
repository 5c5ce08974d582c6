import { accepted } from '@slipway/kernel';
import { callerName, refuseName } from '@slipway/gateway-core';
import { ServiceUser, ServiceUserCreateResponse } from '@slipway/protocol';
import { newToken } from '../../store/new-token.js';
import type { PrincipalRow } from '../../store/principals.js';
import { roleOnWire } from '../environments/role-on-wire.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'principals' | 'tokens' | 'authenticator'>;

export const serviceUserCreate =
  ({ principals, tokens }: Parts): UnaryRpc<'serviceUserCreate'> =>
  async ({ name, expiresInSeconds }, call) => {
    const refusal = refuseName('a service user', name);
    if (refusal) accepted(refusal);
    const { workspaceId } = call.caller;
    // The same for every attempt of this request, so that a repeated one finds its own.
    const own = call.newId('us').slice(3);
    const createdAt = Date.now();
    const serviceUser: PrincipalRow = {
      principalId: `us-${own}`,
      kind: 'service-user',
      name,
      role: 'member',
      createdBy: callerName(call.caller),
      createdAt,
    };
    await principals.create({ ...serviceUser, workspaceId });
    const token = await newToken(tokens, {
      tokenId: `ak-${own}`,
      workspaceId,
      principal: serviceUser,
      name,
      createdAt,
      ...(expiresInSeconds ? { lifeMs: expiresInSeconds * 1000 } : {}),
    });
    return ServiceUserCreateResponse.fromPartial({
      tokenId: token.tokenId,
      tokenSecret: token.tokenSecret,
      serviceUserId: serviceUser.principalId,
      ...(token.expiresAt === undefined ? {} : { expiresAt: new Date(token.expiresAt) }),
    });
  };

const describe = async (
  { principals, tokens }: Parts,
  workspaceId: string,
  users: readonly PrincipalRow[],
): Promise<ServiceUser[]> => {
  const all = await tokens.list(workspaceId, 'service-user');
  return Promise.all(
    users.map(async (user) => {
      const found = all.find(({ token }) => token.principal.principalId === user.principalId);
      const expiresAt = found?.token.expiresAt;
      return ServiceUser.fromPartial({
        name: user.name,
        serviceUserId: user.principalId,
        tokenId: found?.token.tokenId ?? '',
        createdBy: user.createdBy,
        createdAt: user.createdAt / 1000,
        lastUsedAt: (user.lastActiveAt ?? 0) / 1000,
        status: found && !found.token.disabledAt ? 'active' : 'disabled',
        scoped: true,
        environmentRoles: (await principals.rolesOf(user.principalId)).map(
          ({ environmentId, environment, role }) => ({
            environmentId,
            environmentName: environment,
            role: roleOnWire(role),
            roleStr: role,
          }),
        ),
        ...(expiresAt === undefined ? {} : { expiresAt: expiresAt / 1000 }),
      });
    }),
  );
};

export const serviceUserList =
  (parts: Parts): UnaryRpc<'serviceUserList'> =>
  async (_request, { caller: { workspaceId } }) => ({
    serviceUsers: await describe(
      parts,
      workspaceId,
      await parts.principals.list(workspaceId, 'service-user'),
    ),
  });

export const serviceUserInfo =
  (parts: Parts): UnaryRpc<'serviceUserInfo'> =>
  async ({ serviceUserName }, { caller: { workspaceId } }) => {
    const user = await parts.principals.get(workspaceId, 'service-user', serviceUserName);
    const [serviceUser] = await describe(parts, workspaceId, [user]);
    return { serviceUser };
  };

export const serviceUserDelete =
  ({ principals, authenticator }: Parts): UnaryRpc<'serviceUserDelete'> =>
  async ({ serviceUserId, serviceUserName }, { caller }) => {
    const user = await principals.get(caller.workspaceId, 'service-user', serviceUserId || serviceUserName);
    await principals.delete(user.principalId);
    authenticator.forgetAll();
    return {};
  };
