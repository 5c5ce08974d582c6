import { isWorthCompiling } from './bytecode-store.js';
import { compileMount } from './compile-mount.js';
import { compilerOf } from './compiler-of.js';
import type { Parts } from '../task-run/gather-parts.js';
import type { WorkerHost } from '../worker-host.js';

/** Once a container of an image runs, compiles what later ones would compile again and again. Failing costs only time. */
export const compileClient = async (host: WorkerHost, { manifest, mounts }: Parts): Promise<void> => {
  const layers = manifest.layers.map(({ digest }) => digest);
  const compiler = compilerOf(host.folders.layers, layers, manifest.config.env['PATH']);
  if (compiler === undefined) return;
  for (const mount of mounts) {
    if (!isWorthCompiling(mount.files) || !host.bytecode.claim(mount.checksum, compiler)) continue;
    await compileMount(host, mount, compiler).catch((error: unknown) =>
      host.logger.warn({ mount: mount.checksum, err: error }, 'the client was not compiled'),
    );
  }
};
