import { accepted } from '@slipway/kernel';
import {
  builderVersionFor,
  mayLookInto,
  readEnvironmentRole,
  refuseBuilderVersion,
  refuseDeletion,
  refuseName,
  refuseRename,
  refuseWebSuffix,
} from '@slipway/gateway-core';
import {
  EnvironmentGetOrCreateResponse,
  EnvironmentListItem,
  EnvironmentListResponse,
  ObjectCreationType,
} from '@slipway/protocol';
import type { EnvironmentRow } from '../../store/entities.js';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { contentsOf, emptyEnvironment, moveContents } from './environment-contents.js';
import { roleOfWire } from './role-on-wire.js';

type Parts = Pick<RpcParts, 'environments' | 'workspaces' | 'authenticator' | 'bus'>;

export const environmentGetOrCreate =
  ({ environments, workspaces }: Parts): UnaryRpc<'environmentGetOrCreate'> =>
  async ({ deploymentName, objectCreationType }, { caller, headers }) => {
    const name = deploymentName || caller.defaultEnvironment;
    const environment =
      objectCreationType === ObjectCreationType.UNSPECIFIED
        ? await environments.get(caller.workspaceId, name)
        : await environments.getOrCreate(caller.workspaceId, name);
    const workspace = await workspaces.get(caller.workspaceId);
    const wanted = environment.builderVersion ?? workspace.builderVersion ?? undefined;
    return EnvironmentGetOrCreateResponse.fromPartial({
      environmentId: environment.environmentId,
      metadata: {
        name: environment.name,
        settings: {
          imageBuilderVersion: builderVersionFor(wanted, headers.clientVersion),
          webhookSuffix: environment.webSuffix,
        },
      },
    });
  };

const listItem = (environment: EnvironmentRow, { caller, headers }: RpcCall): EnvironmentListItem =>
  EnvironmentListItem.fromPartial({
    name: environment.name,
    webhookSuffix: environment.webSuffix,
    createdAt: environment.createdAt / 1000,
    default: environment.name === caller.defaultEnvironment,
    isManaged: environment.memberRole != null,
    environmentId: environment.environmentId,
    // Absent where it is the workspace's.
    ...(environment.builderVersion == null
      ? {}
      : { imageBuilderVersion: builderVersionFor(environment.builderVersion, headers.clientVersion) }),
  });

export const environmentList =
  ({ environments }: Parts): UnaryRpc<'environmentList'> =>
  async (_request, call) =>
    EnvironmentListResponse.fromPartial({
      items: (await environments.list(call.caller.workspaceId))
        .filter(({ name }) => mayLookInto(call.caller, name))
        .map((row) => listItem(row, call)),
    });

export const environmentCreate =
  ({ environments, authenticator }: Parts): UnaryRpc<'environmentCreate'> =>
  async ({ name, isManaged, defaultMemberRole, defaultMemberRoleStr }, call) => {
    const given = defaultMemberRoleStr
      ? accepted(readEnvironmentRole(defaultMemberRoleStr))
      : roleOfWire(defaultMemberRole);
    await environments.create({
      environmentId: call.newId('en'),
      workspaceId: call.caller.workspaceId,
      name,
      ...(isManaged || given ? { memberRole: given ?? 'no-access' } : {}),
    });
    authenticator.forgetAll();
    return {};
  };

export const environmentUpdate =
  ({ environments, authenticator, bus }: Parts): UnaryRpc<'environmentUpdate'> =>
  async ({ currentName, name, webSuffix, imageBuilderVersion }, call) => {
    const { workspaceId } = call.caller;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(webSuffix === undefined ? {} : { webSuffix }),
      ...(imageBuilderVersion === undefined ? {} : { builderVersion: imageBuilderVersion || null }),
    };
    await environments.get(workspaceId, currentName);
    const refusal =
      refuseWebSuffix(webSuffix ?? '') ??
      (imageBuilderVersion ? refuseBuilderVersion(imageBuilderVersion) : undefined) ??
      (name !== undefined && name !== currentName
        ? (refuseName('an environment', name) ??
          refuseRename(currentName, await contentsOf(bus, workspaceId, currentName)))
        : undefined);
    if (refusal) accepted(refusal);
    const row = await environments.update(workspaceId, currentName, change, (to) =>
      moveContents(bus, { workspaceId, environment: currentName, to }),
    );
    authenticator.forgetAll();
    return listItem(row, call);
  };

/** Stops the apps of the environment and deletes all that it holds, then itself. */
export const environmentDelete =
  ({ environments, workspaces, authenticator, bus }: Parts): UnaryRpc<'environmentDelete'> =>
  async ({ name }, { caller: { workspaceId }, newId }) => {
    await environments.get(workspaceId, name);
    const refusal = refuseDeletion(name, (await workspaces.get(workspaceId)).defaultEnvironment);
    if (refusal) accepted(refusal);
    await emptyEnvironment(bus, { workspaceId, environment: name, deletionId: newId('en') });
    await environments.delete(workspaceId, name, Date.now());
    authenticator.forgetAll();
    return {};
  };
