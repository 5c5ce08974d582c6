import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where one worker keeps what it has on its host. All of it can be lost; with `usage`, what was used and not yet sent. */
export type WorkerFolders = Readonly<{
  layers: string;
  files: string;
  mounts: string;
  bytecode: string;
  /** Volumes as they are mounted, a folder for each task. */
  volumes: string;
  /** Blocks of volumes by content. */
  blocks: string;
  containers: string;
  /** Usage facts on their way to billing. */
  usage: string;
  runtimeState: string;
  /** On a file system in memory, and short: the path of a unix socket has room for 107 characters. */
  sockets: string;
}>;

export const workerFolders = (dataDir: string, workerId: string): WorkerFolders => {
  const folders = {
    layers: join(dataDir, 'layers'),
    files: join(dataDir, 'files'),
    mounts: join(dataDir, 'mounts'),
    bytecode: join(dataDir, 'bytecode'),
    volumes: join(dataDir, 'volumes'),
    blocks: join(dataDir, 'blocks'),
    containers: join(dataDir, 'containers'),
    usage: join(dataDir, 'usage'),
    runtimeState: join(dataDir, 'runtime'),
    sockets: join('/run/slipway', workerId),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folders;
};
