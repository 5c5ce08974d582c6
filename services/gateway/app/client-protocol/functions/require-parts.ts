import type { AppId, CallId, FunctionSpec } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { refuseInEnvironment, type Caller } from '@slipway/gateway-core';
import type { RpcParts } from '../rpc-parts.js';

/** What a container is made of, as far as it is named by ids. */
export type NamedParts = Readonly<{
  imageIds?: readonly string[];
  mountIds?: readonly string[];
  secretIds?: readonly string[];
  volumeIds?: readonly string[];
  /** The app of the function, or the call of the sandbox, that they are for; undefined for a build. */
  usedBy: AppId | CallId | undefined;
}>;

/**
 * Throws RefusedError unless the workspace has all of the parts, for what is somebody else's does not exist for it,
 * and the caller may look into their environments: a container would tell a secret's values, and a volume's files.
 */
export const requireParts = async (
  { bus, secrets }: Pick<RpcParts, 'bus' | 'secrets'>,
  caller: Caller,
  { imageIds = [], mountIds = [], secretIds = [], volumeIds = [], usedBy }: NamedParts,
): Promise<void> => {
  const { workspaceId } = caller;
  await secrets.noteUse(workspaceId, secretIds, usedBy);
  const lookInto = ({ environment }: Readonly<{ environment: string }>): void => {
    const refusal = refuseInEnvironment(caller, 'look', environment);
    if (refusal) throw new RefusedError(refusal);
  };
  await Promise.all([
    imageIds.length > 0 && bus.request('image-builder.require-images', { workspaceId, imageIds }),
    mountIds.length > 0 &&
      bus.request('blob-store.require-mounts', {
        workspaceId,
        mountIds,
        ...(usedBy === undefined ? {} : { usedBy }),
      }),
    ...secretIds.map(async (secretId) => lookInto(await secrets.get(workspaceId, secretId))),
    ...volumeIds.map(async (volumeId) =>
      lookInto(await bus.request('blob-store.get-volume', { workspaceId, volumeId })),
    ),
  ]);
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
  volumeIds: volumes.map(({ volumeId }) => volumeId),
});
