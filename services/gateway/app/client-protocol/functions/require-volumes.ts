import type { VolumeMount, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

/** Throws RefusedError unless the workspace has all of the volumes that a function is to mount. */
export const requireVolumes = async (
  bus: Bus,
  workspaceId: WorkspaceId,
  volumes: readonly VolumeMount[] = [],
): Promise<void> => {
  await Promise.all(
    volumes.map(({ volumeId }) => bus.request('blob-store.get-volume', { workspaceId, volumeId })),
  );
};
