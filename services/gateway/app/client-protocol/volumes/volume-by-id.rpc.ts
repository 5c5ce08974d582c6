import { refuseName } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import { VolumeGetByIdResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { deleteVolume } from './delete-volume.js';
import { volumeMetadata } from './volume-metadata.js';

type Parts = Pick<RpcParts, 'bus'>;

export const volumeGetById =
  ({ bus }: Parts): UnaryRpc<'volumeGetById'> =>
  async ({ volumeId }, { caller: { workspaceId } }) => {
    const volume = await bus.request('blob-store.get-volume', { workspaceId, volumeId });
    return VolumeGetByIdResponse.fromPartial({ volumeId, metadata: volumeMetadata(volume) });
  };

export const volumeHeartbeat =
  ({ bus }: Parts): UnaryRpc<'volumeHeartbeat'> =>
  async ({ volumeId }, { caller: { workspaceId } }) =>
    bus.request('blob-store.heartbeat-volume', { workspaceId, volumeId });

export const volumeRename =
  ({ bus }: Parts): UnaryRpc<'volumeRename'> =>
  async ({ volumeId, name }, { caller: { workspaceId } }) => {
    const refusal = refuseName('a volume', name);
    if (refusal) throw new RefusedError(refusal);
    return bus.request('blob-store.rename-volume', { workspaceId, volumeId, name });
  };

export const volumeDelete =
  ({ bus }: Parts): UnaryRpc<'volumeDelete'> =>
  async ({ volumeId }, { caller: { workspaceId }, newId }) =>
    deleteVolume(bus, { workspaceId, volumeId, deletionId: newId('vo') });
