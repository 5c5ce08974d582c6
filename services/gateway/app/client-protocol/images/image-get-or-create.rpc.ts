import { refuse, RefusedError } from '@slipway/kernel';
import { builderVersionFor } from '@slipway/gateway-core';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { requireParts } from '../functions/require-parts.js';
import { imageResult } from './image-result.js';
import { readImageDefinition } from './read-image-definition.js';

export const imageGetOrCreate =
  ({ bus, secrets }: Pick<RpcParts, 'bus' | 'secrets'>): UnaryRpc<'imageGetOrCreate'> =>
  async (request, { caller, headers }) => {
    if (request.image === undefined)
      throw new RefusedError(refuse('invalid', 'image-missing', 'The request has no field image.'));
    const { workspaceId } = caller;
    const definition = readImageDefinition(request.image, request.buildFunctionId);
    const { buildFunction, contextMountId, registryAuth } = definition;
    const secretIds = [
      ...definition.secretIds,
      ...(registryAuth === undefined ? [] : [registryAuth.secretId]),
    ];
    await requireParts({ bus, secrets }, caller, {
      mountIds: contextMountId === undefined ? [] : [contextMountId],
      secretIds,
      usedBy: undefined,
    });
    const secretFingerprints = await secrets.fingerprints(workspaceId, secretIds);
    if (buildFunction !== undefined)
      await bus.request('scheduler.get-function', { workspaceId, functionId: buildFunction.functionId });
    const { imageId, state } = await bus.request('image-builder.define-image', {
      workspaceId,
      environment: caller.defaultEnvironment,
      definition: { ...definition, secretFingerprints },
      builderVersion: builderVersionFor(request.builderVersion || undefined, headers.clientVersion),
      forceBuild: request.forceBuild,
      ignoreCache: request.ignoreCache,
    });
    return { imageId, result: undefined, metadata: undefined, ...imageResult(state) };
  };
