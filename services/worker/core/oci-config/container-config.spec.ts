import type { HostMachine } from '../resources/host-machine.js';
import { containerConfig, type ContainerPlan } from './container-config.js';

const host: HostMachine = {
  milliCpu: 2000,
  memoryMiB: 4096,
  cgroups: 'v1',
  swapLimit: 'unsupported',
  openFilesLimit: 1024,
};
const plan: ContainerPlan = {
  hostname: 'slipway',
  rootPath: '/data/root',
  args: ['python', '-m', 'app'],
  env: { A: '1' },
  cwd: '/root',
  user: { uid: 0, gid: 0 },
  limits: { cpuShares: 128, memoryLimitMiB: 512, pids: 100, diskMiB: 100, promisedDiskMiB: 100 },
  purpose: 'serve',
  cgroupsPath: '/slipway/ta-1',
  networkNamespacePath: '/run/netns/slw-1',
  bound: [{ source: '/run/host/ta-1', destination: '/run/slipway', access: 'read' }],
  deviceNodes: [],
};

describe('the configuration of a container', () => {
  const config = containerConfig(plan, host, 'runc');

  test('no process can gain privileges, and none has those that reach the host', () => {
    expect(config.process.noNewPrivileges).toBe(true);
    for (const set of Object.values(config.process.capabilities))
      for (const dangerous of [
        'CAP_SYS_ADMIN',
        'CAP_NET_ADMIN',
        'CAP_NET_RAW',
        'CAP_SYS_PTRACE',
        'CAP_SYS_MODULE',
        'CAP_MKNOD',
      ])
        expect(set).not.toContain(dangerous);
  });

  test('what the worker lends is read-only', () => {
    const lent = config.mounts.filter(({ type }) => type === 'bind');
    expect(lent).toHaveLength(1);
    expect(lent[0]!.options).toContain('ro');
  });

  test('it has namespaces of its own, the network by path', () => {
    expect(config.linux.namespaces.map(({ type }) => type).toSorted()).toEqual([
      'ipc',
      'mount',
      'network',
      'pid',
      'uts',
    ]);
    expect(config.linux.namespaces.find(({ type }) => type === 'network')?.path).toBe('/run/netns/slw-1');
  });

  test('where control groups have namespaces, it has one', () => {
    const { namespaces } = containerConfig(plan, { ...host, cgroups: 'v2' }, 'runc').linux;
    expect(namespaces.some(({ type }) => type === 'cgroup')).toBe(true);
  });

  test('runc filters system calls; runsc is the filter', () => {
    expect(config.linux.seccomp?.syscalls[0]?.names).toContain('keyctl');
    expect(containerConfig(plan, host, 'runsc').linux.seccomp).toBeUndefined();
  });

  test('a GPU is given by its device node, and may be opened', () => {
    const gpu = { path: '/dev/nvidia1', major: 195, minor: 1 };
    const { devices, resources } = containerConfig({ ...plan, deviceNodes: [gpu] }, host, 'runc').linux;
    expect(devices).toEqual([{ ...gpu, type: 'c', fileMode: 0o666 }]);
    expect(resources.devices.at(-1)).toEqual({ allow: true, access: 'rwm', type: 'c', major: 195, minor: 1 });
  });
});
