import type { AppId, CallId, FunctionSpec, VolumeMount } from '@slipway/contracts';
import { RefusedError, type Refusal } from '@slipway/kernel';
import { refuseInEnvironment, refuseVolumeMount, type Caller } from '@slipway/gateway-core';
import type { RpcParts } from '../rpc-parts.js';

/** What a container is made of, as far as it is named by ids. */
export type NamedParts = Readonly<{
  imageIds?: readonly string[];
  mountIds?: readonly string[];
  secretIds?: readonly string[];
  volumes?: readonly Pick<VolumeMount, 'volumeId' | 'access'>[];
  /** The app of the function, or the call of the sandbox, that they are for; undefined for a build. */
  usedBy: AppId | CallId | undefined;
}>;

/**
 * Throws RefusedError unless the workspace has all of the parts, for what is somebody else's does not exist for it,
 * and the caller may look into their environments: a container would tell a secret's values, and a volume's files.
 * A volume that is mounted to write into is changed: that takes as much as changing it by hand.
 */
export const requireParts = async (
  { bus, secrets }: Pick<RpcParts, 'bus' | 'secrets'>,
  caller: Caller,
  { imageIds = [], mountIds = [], secretIds = [], volumes = [], usedBy }: NamedParts,
): Promise<void> => {
  const { workspaceId } = caller;
  await secrets.noteUse(workspaceId, secretIds, usedBy);
  await Promise.all([
    imageIds.length > 0 && bus.request('image-builder.require-images', { workspaceId, imageIds }),
    mountIds.length > 0 &&
      bus.request('blob-store.require-mounts', {
        workspaceId,
        mountIds,
        ...(usedBy === undefined ? {} : { usedBy }),
      }),
    ...secretIds.map(async (secretId) => {
      const { environment } = await secrets.get(workspaceId, secretId);
      throwIf(refuseInEnvironment(caller, 'look', environment));
    }),
    ...volumes.map(async (mount) => {
      const { volumeId } = mount;
      const { environment } = await bus.request('blob-store.get-volume', { workspaceId, volumeId });
      throwIf(refuseVolumeMount(caller, mount, environment));
    }),
  ]);
};

const throwIf = (refusal: Refusal | undefined): void => {
  if (refusal) throw new RefusedError(refusal);
};

/** The parts that a function's specification names, or a part of one. */
export const partsOfSpec = ({
  imageId,
  mountIds = [],
  secretIds = [],
  volumes = [],
}: Partial<Pick<FunctionSpec, 'imageId' | 'mountIds' | 'secretIds' | 'volumes'>>): Required<
  Omit<NamedParts, 'usedBy'>
> => ({
  imageIds: imageId === undefined ? [] : [imageId],
  mountIds,
  secretIds,
  volumes,
});
