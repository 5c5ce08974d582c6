import { refuse, RefusedError } from '@slipway/kernel';
import { builderVersionFor } from '@slipway/gateway-core';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { imageResult } from './image-result.js';
import { readImageDefinition } from './read-image-definition.js';

export const imageGetOrCreate =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'imageGetOrCreate'> =>
  async (request, { caller, headers }) => {
    if (request.image === undefined)
      throw new RefusedError(refuse('invalid', 'image-missing', 'The request has no field image.'));
    const { imageId, state } = await bus.request('image-builder.define-image', {
      workspaceId: caller.workspaceId,
      environment: caller.defaultEnvironment,
      definition: readImageDefinition(request.image, request.buildFunctionId),
      builderVersion: builderVersionFor(request.builderVersion || undefined, headers.clientVersion),
      forceBuild: request.forceBuild,
      ignoreCache: request.ignoreCache,
    });
    return { imageId, result: undefined, metadata: undefined, ...imageResult(state) };
  };
