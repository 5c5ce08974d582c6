import type { ImageManifest, TaskAssignment } from '@slipway/contracts';
import { wantsLane, type Environment } from '@slipway/worker-core';
import type { StoredMount } from '../mount-store/mount-store.js';
import { findLane } from '../web/lane/find-lane.js';
import type { WorkerHost } from '../worker-host.js';
import { refusedAs } from './start-failures.js';
import type { Stopwatch } from './stopwatch.js';

/** All that a container is made of, on this host. */
export type Parts = Readonly<{
  manifest: ImageManifest;
  /** Lowest first. */
  layerFolders: readonly string[];
  /** In the order in which they lie over the image. */
  mounts: readonly StoredMount[];
  secrets: Environment;
  definition: Buffer;
  appLayout: Buffer;
}>;

/** Fetches everything at once; what is here already costs nothing. */
export const gatherParts = async (
  host: WorkerHost,
  task: TaskAssignment,
  watch: Stopwatch,
): Promise<Parts> => {
  const { bus, layers, mounts, objects } = host;
  const { workspaceId, appId, appVersion: version, pinned, baseFunctionId: ownFunctionId } = task;
  const gatherImage = async () => {
    const manifest = await bus.persist('image-builder.get-manifest', {
      workspaceId,
      imageId: task.imageId,
    });
    const dependencies =
      manifest.dependencyMountId === undefined ? undefined : mounts.folderOf(manifest.dependencyMountId);
    const fetchLayers = () => Promise.all(manifest.layers.map((layer) => layers.folderOf(layer)));
    await fetchLayers();
    // Those that were here first may have been cleaned away while others came.
    const layerFolders = await fetchLayers();
    const lane = wantsLane(task) ? findLane(host, manifest) : undefined;
    watch.mark('image');
    return { manifest, layerFolders, dependencies: await dependencies, lane: await lane };
  };
  const gatherMounts = async () => {
    const stored = await Promise.all(task.mountIds.map((mountId) => mounts.folderOf(mountId)));
    watch.mark('mounts');
    return stored;
  };
  const [image, own, secrets, definition, layout] = await Promise.all([
    gatherImage().catch(refusedAs('image-failed', `image ${task.imageId}`)),
    gatherMounts().catch(refusedAs('init-failure', 'mounts')),
    task.secretIds.length === 0
      ? { env: {} }
      : bus
          .persist('gateway.open-secrets', { workspaceId, secretIds: task.secretIds })
          .catch(refusedAs('init-failure', 'secrets')),
    objects.getBytes(task.definitionDigest).catch(refusedAs('init-failure', 'function definition')),
    bus
      .persist('gateway.get-app-layout', { workspaceId, appId, version, pinned, ownFunctionId })
      .catch(refusedAs('init-failure', 'app layout')),
  ]);
  return {
    manifest: image.manifest,
    layerFolders: image.layerFolders,
    mounts: [image.dependencies, image.lane, ...own].filter((mount) => mount !== undefined),
    secrets: secrets.env,
    definition,
    appLayout: Buffer.from(layout.layoutBase64, 'base64'),
  };
};
