import { isWorthCompiling } from './bytecode-store.js';
import { compileMount } from './compile-mount.js';
import type { Parts } from '../task-run/gather-parts.js';
import type { WorkerHost } from '../worker-host.js';

/** Once a container of an image runs, compiles what later ones would compile again and again. Failing costs only time. */
export const compileClient = async (
  host: WorkerHost,
  { manifest, mounts, layerFolders }: Parts,
): Promise<void> => {
  const { pythonVersion, config } = manifest;
  if (pythonVersion === undefined) return;
  for (const mount of mounts) {
    if (!isWorthCompiling(mount.files) || !host.bytecode.claim(mount.checksum, pythonVersion)) continue;
    const path = config.env['PATH'];
    await compileMount(host, mount, {
      layerFolders,
      pythonVersion,
      ...(path !== undefined && { path }),
    }).catch((error: unknown) =>
      host.logger.warn({ mount: mount.checksum, err: error }, 'the client was not compiled'),
    );
  }
};
