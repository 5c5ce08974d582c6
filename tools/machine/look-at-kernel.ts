import { accessSync, constants, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { findOnPath } from '../install/find-on-path.ts';
import { isAtLeast, versionIn } from '../install/version.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import { cgroupLayout } from './cgroup-layout.ts';
import type { Finding } from './finding.ts';

const oldestKernel = '5.11';

/** What the kernel offers to containers. */
export const lookAtKernel = async (): Promise<Finding[]> => {
  const fileSystems = readFileSync('/proc/filesystems', 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[1]);
  const layout = cgroupLayout(readFileSync('/proc/self/mounts', 'utf8'));
  const userNamespaces = (await runQuietly('unshare', ['--user', 'true'])).ok;
  const filter = /nf_tables|legacy/.exec(
    (await runQuietly(findOnPath('iptables') ?? 'iptables', ['--version'])).output,
  );
  const seccomp = /^Seccomp:/m.test(readFileSync('/proc/self/status', 'utf8'));
  const needed = (name: string, there: boolean, meaning: string): Finding =>
    finding(name, there ? 'good' : 'missing', there ? 'present' : 'absent', meaning);
  const useful = (name: string, there: boolean, meaning: string): Finding =>
    finding(name, there ? 'good' : 'fallback', there ? 'present' : 'absent', meaning);
  return [
    finding(
      'kernel',
      isAtLeast(versionIn(release()) ?? '0', oldestKernel) ? 'good' : 'fallback',
      release(),
      `containers are tried on ${oldestKernel} and newer`,
    ),
    needed('overlayfs', fileSystems.includes('overlay'), 'layers of an image are stacked by it'),
    finding('cgroups', layout === 'none' ? 'missing' : 'good', layout, cgroupMeanings[layout]),
    useful(
      'FUSE',
      isUsable('/dev/fuse'),
      'volumes are mounted by /dev/fuse; without it functions with volumes do not start (modprobe fuse)',
    ),
    useful('user namespaces', userNamespaces, 'PostgreSQL runs in one, not as root; else set DATABASE_URL'),
    needed('seccomp', seccomp, 'filters the system calls of containers'),
    useful(
      'EROFS',
      fileSystems.includes('erofs'),
      'read-only images in the kernel; runsc reads them by itself',
    ),
    useful('/dev/kvm', isUsable('/dev/kvm'), 'not needed: runsc isolates by systrap'),
    finding(
      'packet filter',
      filter ? 'good' : 'fallback',
      filter?.[0] ?? 'no iptables',
      'keeps containers off the host; without it they have no network',
    ),
  ];
};

const cgroupMeanings = {
  v2: 'limits of CPU, memory and processes',
  hybrid: 'limits of CPU, memory and processes, set through the v1 controllers',
  v1: 'limits of CPU, memory and processes, set through the v1 controllers',
  none: 'containers cannot be limited',
} as const;

const finding = (name: string, verdict: Finding['verdict'], found: string, meaning: string): Finding => ({
  area: 'kernel',
  name,
  verdict,
  found,
  meaning,
});

const isUsable = (device: string): boolean => {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
