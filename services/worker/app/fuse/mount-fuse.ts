import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { MOST_BYTES_PER_REQUEST } from './connection.js';

const DEVICE = '/dev/fuse';

export type MountFuse = Readonly<{
  /** What `mount` and /proc/mounts show as the source. */
  name: string;
  folder: string;
  access: 'read' | 'write';
}>;

/** The mount did not come about; the message says what the machine lacks. */
export class FuseMountError extends Error {
  constructor(folder: string, why: string) {
    super(`no file system could be mounted at ${folder}: ${why}`);
    this.name = 'FuseMountError';
  }
}

const open = (folder: string): number => {
  try {
    return openSync(DEVICE, 'r+');
  } catch (error) {
    throw new FuseMountError(
      folder,
      `${DEVICE} cannot be opened (${(error as NodeJS.ErrnoException).code}); volumes need the kernel's FUSE module and that device`,
    );
  }
};

/**
 * Mounts a file system that this process serves, and answers the descriptor to serve it on. The descriptor is not
 * inherited by other programs: when it is closed, or this process ends, all that wait on the file system get an error.
 */
export const mountFuse = async ({ name, folder, access }: MountFuse): Promise<number> => {
  const descriptor = open(folder);
  // Programs of any user in a container may use it; the kernel checks permissions by the modes of the files.
  const options = [
    'fd=3,rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions,nosuid,nodev',
    `max_read=${MOST_BYTES_PER_REQUEST}`,
    ...(access === 'read' ? ['ro'] : []),
  ].join(',');
  const mount = spawn('mount', ['-i', '-t', 'fuse', '-o', options, name, folder], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
  });
  let complaint = '';
  mount.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    mount.once('error', reject);
    mount.once('close', resolve);
  }).catch((error: Error) => {
    complaint = error.message;
    return -1;
  });
  if (code === 0) return descriptor;
  closeSync(descriptor);
  throw new FuseMountError(folder, complaint.trim() || `mount ended with ${code}`);
};
