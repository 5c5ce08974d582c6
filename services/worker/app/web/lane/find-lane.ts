import { arch } from 'node:process';
import { fileURLToPath } from 'node:url';
import { webLaneMountName, type ImageManifest } from '@slipway/contracts';
import type { BoundPath } from '@slipway/worker-core';
import type { StoredMount } from '../../mount-store/mount-store.js';
import type { WorkerHost } from '../../worker-host.js';

/** The first start with some Python waits until its wheels are here. */
const MADE_WITHIN_MS = 60_000;
const PLACE = '/__slipway/start';

/** Our Python beside the client's runtime, and the program that starts both. */
export const LANE_FOLDER: BoundPath = {
  source: fileURLToPath(new URL('../../../../lane', import.meta.url)),
  destination: PLACE,
  access: 'read',
};
export const LANE_PROGRAM = `${PLACE}/start.py`;

/** The ASGI server for an image's Python. Without it the lane looks for one in the image, and else leaves the bridge to serve. */
export const findLane = async (
  host: WorkerHost,
  { pythonVersion, libc = 'gnu' }: ImageManifest,
): Promise<StoredMount | undefined> => {
  if (pythonVersion === undefined) return undefined;
  const name = webLaneMountName(pythonVersion, libc, arch === 'arm64' ? 'aarch64' : 'x86_64');
  try {
    const { mountId } = await host.bus.request(
      'image-builder.get-runtime-mount',
      { name },
      { timeoutMs: MADE_WITHIN_MS },
    );
    return await host.mounts.folderOf(mountId);
  } catch (error) {
    host.logger.warn({ mount: name, err: error }, 'web functions go without their ASGI server');
    return undefined;
  }
};
