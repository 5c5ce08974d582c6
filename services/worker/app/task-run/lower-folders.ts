import { join } from 'node:path';
import { planLowerFolders, type LowerFolder } from '@slipway/worker-core';
import { compilerOf } from '../bytecode/compiler-of.js';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';

/** The folders under a task's container, lowest first, with the compiled files that are there by now. */
export const lowerFolders = (host: WorkerHost, { manifest, mounts }: Parts): readonly string[] => {
  const layers = manifest.layers.map(({ digest }) => digest);
  const compiler = compilerOf(host.folders.layers, layers, manifest.config.env['PATH']);
  const compiled = (checksum: string): string | undefined =>
    compiler && host.bytecode.find(checksum, compiler);
  const place = (folder: LowerFolder): string => {
    switch (folder.kind) {
      case 'layer':
        return join(host.folders.layers, folder.digest);
      case 'mount':
        return join(host.folders.mounts, folder.checksum);
      case 'bytecode':
        return compiled(folder.checksum)!;
      default:
        return folder satisfies never;
    }
  };
  const trees = mounts.map(({ checksum }) => ({
    checksum,
    isCompiled: compiled(checksum) !== undefined,
  }));
  return planLowerFolders(layers, trees).map(place);
};
