import { join } from 'node:path';
import { planLowerFolders, type LowerFolder } from '@slipway/worker-core';
import type { WorkerHost } from '../worker-host.js';
import type { Parts } from './gather-parts.js';

/** The folders under a task's container, lowest first, with the compiled files that are there by now. */
export const lowerFolders = (host: WorkerHost, { manifest, mounts }: Parts): readonly string[] => {
  const { pythonVersion } = manifest;
  const compiled = (checksum: string): string | undefined =>
    pythonVersion === undefined ? undefined : host.bytecode.find(checksum, pythonVersion);
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
    ...(compiled(checksum) !== undefined && { bytecodeFor: pythonVersion! }),
  }));
  return planLowerFolders(
    manifest.layers.map(({ digest }) => digest),
    trees,
  ).map(place);
};
