import { builderVersionFor } from '@slipway/gateway-core';
import {
  EnvironmentGetOrCreateResponse,
  EnvironmentListResponse,
  ObjectCreationType,
} from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const environmentGetOrCreate =
  ({ environments }: Pick<RpcParts, 'environments'>): UnaryRpc<'environmentGetOrCreate'> =>
  async ({ deploymentName, objectCreationType }, { caller, headers }) => {
    const name = deploymentName || caller.defaultEnvironment;
    const environment =
      objectCreationType === ObjectCreationType.UNSPECIFIED
        ? await environments.get(caller.workspaceId, name)
        : await environments.getOrCreate(caller.workspaceId, name);
    return EnvironmentGetOrCreateResponse.fromPartial({
      environmentId: environment.environmentId,
      metadata: {
        name: environment.name,
        settings: {
          imageBuilderVersion: builderVersionFor(
            environment.builderVersion ?? undefined,
            headers.clientVersion,
          ),
        },
      },
    });
  };

export const environmentList =
  ({ environments }: Pick<RpcParts, 'environments'>): UnaryRpc<'environmentList'> =>
  async (_request, { caller, headers }) =>
    EnvironmentListResponse.fromPartial({
      items: (await environments.list(caller.workspaceId)).map((environment) => ({
        name: environment.name,
        createdAt: environment.createdAt / 1000,
        default: environment.name === caller.defaultEnvironment,
        environmentId: environment.environmentId,
        imageBuilderVersion: builderVersionFor(
          environment.builderVersion ?? undefined,
          headers.clientVersion,
        ),
      })),
    });
