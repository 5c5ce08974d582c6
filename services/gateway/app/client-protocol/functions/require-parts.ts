import type { FunctionSpec, WorkspaceId } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';

/** What a container is made of, as far as it is named by ids. */
export type NamedParts = Readonly<{
  imageIds?: readonly string[];
  mountIds?: readonly string[];
  secretIds?: readonly string[];
  volumeIds?: readonly string[];
}>;

/** Throws RefusedError unless the workspace has all of the parts: what is somebody else's does not exist for it. */
export const requireParts = async (
  { bus, secrets }: Pick<RpcParts, 'bus' | 'secrets'>,
  workspaceId: WorkspaceId,
  { imageIds = [], mountIds = [], secretIds = [], volumeIds = [] }: NamedParts,
): Promise<void> => {
  await Promise.all([
    imageIds.length > 0 && bus.request('image-builder.require-images', { workspaceId, imageIds }),
    mountIds.length > 0 && bus.request('blob-store.require-mounts', { workspaceId, mountIds }),
    ...secretIds.map((secretId) => secrets.get(workspaceId, secretId)),
    ...volumeIds.map((volumeId) => bus.request('blob-store.get-volume', { workspaceId, volumeId })),
  ]);
};

/** The parts that a function's specification names, or a part of one. */
export const partsOfSpec = ({
  imageId,
  mountIds = [],
  secretIds = [],
  volumes = [],
}: Partial<Pick<FunctionSpec, 'imageId' | 'mountIds' | 'secretIds' | 'volumes'>>): Required<NamedParts> => ({
  imageIds: imageId === undefined ? [] : [imageId],
  mountIds,
  secretIds,
  volumeIds: volumes.map(({ volumeId }) => volumeId),
});
