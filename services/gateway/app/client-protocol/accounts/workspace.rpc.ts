import { accepted } from '@slipway/kernel';
import { builderVersionFor, DEFAULT_BUILDER_VERSION, refuseBuilderVersion } from '@slipway/gateway-core';
import { WorkspaceMembersListResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { memberRoleOnWire } from './member-role-on-wire.js';

type Parts = Pick<RpcParts, 'workspaces' | 'principals' | 'environments' | 'authenticator' | 'publicUrl'>;

export const workspaceNameLookup =
  ({ workspaces }: Parts): UnaryRpc<'workspaceNameLookup'> =>
  async (_request, { caller }) => {
    const { name } = await workspaces.get(caller.workspaceId);
    // Clients call the workspace's profile by this name.
    return { workspaceName: name, username: name };
  };

export const workspaceMembersList =
  ({ principals }: Parts): UnaryRpc<'workspaceMembersList'> =>
  async (_request, { caller }) =>
    WorkspaceMembersListResponse.fromPartial({
      members: (await principals.list(caller.workspaceId, 'member')).map((member) => ({
        memberId: member.principalId,
        userId: member.principalId,
        memberDisplayname: member.name,
        memberRole: memberRoleOnWire(member.role),
        email: member.email ?? '',
        joinedAt: member.createdAt / 1000,
        lastActiveAt: (member.lastActiveAt ?? 0) / 1000,
      })),
    });

export const workspaceSettings =
  ({ workspaces }: Parts): UnaryRpc<'workspaceSettings'> =>
  async (_request, { caller, headers }) => {
    const workspace = await workspaces.get(caller.workspaceId);
    return {
      defaultEnvironmentName: workspace.defaultEnvironment,
      imageBuilderVersion: builderVersionFor(
        workspace.builderVersion ?? DEFAULT_BUILDER_VERSION,
        headers.clientVersion,
      ),
    };
  };

export const workspaceSetDefaultEnvironment =
  ({ workspaces, environments, authenticator }: Parts): UnaryRpc<'workspaceSetDefaultEnvironment'> =>
  async ({ environmentName }, { caller }) => {
    await environments.get(caller.workspaceId, environmentName);
    await workspaces.setDefaultEnvironment(caller.workspaceId, environmentName);
    authenticator.forgetAll();
    return {};
  };

export const workspaceSetImageBuilderVersion =
  ({ workspaces }: Parts): UnaryRpc<'workspaceSetImageBuilderVersion'> =>
  async ({ newImageBuilderVersion }, { caller }) => {
    const refusal = refuseBuilderVersion(newImageBuilderVersion);
    if (refusal) accepted(refusal);
    await workspaces.setBuilderVersion(caller.workspaceId, newImageBuilderVersion);
    return { imageBuilderVersion: newImageBuilderVersion };
  };

/** Where a person sees the workspace: the description of its HTTP API. */
export const workspaceDashboardUrlGet =
  ({ publicUrl, environments }: Parts): UnaryRpc<'workspaceDashboardUrlGet'> =>
  async ({ environmentName }, { caller }) => {
    await environments.resolve(caller, environmentName);
    return { url: `${publicUrl}/v1/openapi.json` };
  };
