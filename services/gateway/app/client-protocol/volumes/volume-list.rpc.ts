import { VolumeListResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { volumeMetadata } from './volume-metadata.js';

const PAGE = 100;

/** A page of an environment's volumes, the newest first. */
export const volumeList =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'volumeList'> =>
  async ({ environmentName, pagination }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const createdBefore = pagination?.createdBefore ?? 0;
    const { volumes } = await bus.request('blob-store.list-volumes', {
      workspaceId: caller.workspaceId,
      environments: { only: [environment] },
      ...(createdBefore > 0 ? { before: { createdAtMs: createdBefore * 1000 } } : {}),
      limit: Math.min(pagination?.maxObjects || PAGE, PAGE),
    });
    return VolumeListResponse.fromPartial({
      environmentName: environment,
      items: volumes.map((volume) => ({
        label: volume.name ?? '',
        volumeId: volume.volumeId,
        createdAt: volume.createdAtMs / 1000,
        metadata: volumeMetadata(volume),
      })),
    });
  };
