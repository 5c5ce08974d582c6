import type { OciMount } from './oci-config.js';

/** A file or folder of the host that a container sees. */
export type BoundPath = Readonly<{ source: string; destination: string; access: 'read' | 'write' }>;

const MIB = 1024 * 1024;

/** The kernel's own file systems as a container may see them, then what the worker lends to it. */
export const containerMounts = (
  bound: readonly BoundPath[],
  sharedMemoryMiB: number,
): readonly OciMount[] => [
  { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  {
    destination: '/dev',
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  },
  {
    destination: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
  },
  {
    destination: '/dev/shm',
    type: 'tmpfs',
    source: 'shm',
    options: ['nosuid', 'noexec', 'nodev', 'mode=1777', `size=${sharedMemoryMiB * MIB}`],
  },
  { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
  ...bound.map(({ source, destination, access }) => ({
    destination,
    type: 'bind',
    source,
    options: ['bind', access === 'read' ? 'ro' : 'rw', 'nosuid', 'nodev'],
  })),
];
