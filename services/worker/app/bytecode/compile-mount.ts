import { join } from 'node:path';
import { containerLimits } from '@slipway/worker-core';
import { runCommand } from '../command/run-command.js';
import {
  layRoot,
  prepareContainer,
  removeContainer,
  runProgram,
} from '../isolated-container/isolated-container.js';
import { findPython } from '../root-file-system/find-python.js';
import type { WorkerHost } from '../worker-host.js';
import { bytecodeName } from './bytecode-store.js';
import type { Compiler } from './compiler-of.js';

const COMPILE_DISK_MIB = 2048;

/**
 * Compiles the client's Python files in a container of its compiler's layers alone, without a network, and keeps what it wrote.
 * `unchecked-hash`: the result stays valid whatever the files' age.
 */
export const compileMount = async (
  host: WorkerHost,
  mount: Readonly<{ checksum: string; folder: string }>,
  compiler: Compiler,
): Promise<void> => {
  const { layers, path } = compiler;
  const id = `bytecode-${bytecodeName(mount.checksum, compiler)}`;
  const prepared = await prepareContainer(host, id, { diskMiB: COMPILE_DISK_MIB, reach: 'blocked' });
  try {
    const layerFolders = layers.map((digest) => join(host.folders.layers, digest));
    const container = await layRoot(prepared, [...layerFolders, mount.folder]);
    const python = await findPython(container.root, path);
    if (python === undefined) return;
    const running = await runProgram(host, container, {
      args: [
        python,
        '-m',
        'compileall',
        '-q',
        '-j1',
        '--invalidation-mode',
        'unchecked-hash',
        '/pkg',
        '/__modal/deps',
        '/__slipway/lane',
      ],
      env: { PATH: path },
      cwd: '/',
      user: { uid: 0, gid: 0 },
      limits: containerLimits(
        { milliCpu: 500, memoryMiB: 512, memoryLimitMiB: 1024, gpus: [] },
        host.machine,
      ),
      purpose: 'serve',
      bound: [],
      deviceNodes: [],
    });
    running.stdout.resume();
    running.stderr.resume();
    // Code 1 says that some file could not be compiled, which is the user's of that file to notice.
    await running.exited;
    await host.bytecode.keep(mount.checksum, compiler, async (folder) => {
      for (const part of ['pkg', '__modal', '__slipway'])
        await runCommand('cp', ['-a', `${container.disk.folder}/upper/${part}`, folder]).catch(
          () => undefined,
        );
    });
  } finally {
    await removeContainer(host, prepared);
  }
};
