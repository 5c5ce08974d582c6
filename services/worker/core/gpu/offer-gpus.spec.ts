import { isNvidiaCdi, type CdiSpec } from './cdi-edits.js';
import { offerGpus, type HostGpus } from './offer-gpus.js';
import { selectGpus } from './select-gpus.js';

const FOLDER = '/usr/lib/x86_64-linux-gnu';
const nodeOf = (path: string) => (path.includes('absent') ? undefined : { path, major: 195, minor: 0 });
const libraryAt = (path: string) => (path.includes('580') ? { path, links: [] } : undefined);
const gpu = (index: number, name = 'NVIDIA H100 80GB HBM3') => ({
  index,
  uuid: `GPU-${index}`,
  name,
  memoryMiB: 81_559,
  busId: `0000:0${index}:00.0`,
  cut: 'whole' as const,
});
const host: HostGpus = {
  driverVersion: '580.159.04',
  gpus: [gpu(0), gpu(1)],
  nodeOf,
  libraryAt,
  exists: () => true,
  minorOf: ({ index }) => index,
  libraries: [{ path: `${FOLDER}/libcuda.so.580.159.04`, links: ['libcuda.so.1'] }],
  searched: [FOLDER],
  programs: ['/usr/local/nvidia/bin/nvidia-smi'],
  runtime: { name: 'runc', drivers: 'any' },
};
const cdi: CdiSpec = {
  kind: 'nvidia.com/gpu',
  devices: [
    { name: '0', containerEdits: { deviceNodes: [{ path: '/dev/nvidia0' }] } },
    {
      name: 'GPU-1',
      containerEdits: { deviceNodes: [{ path: '/dev/nvidia1' }, { path: '/dev/dri/card1' }] },
    },
    { name: 'all', containerEdits: { deviceNodes: [{ path: '/dev/nvidia0' }] } },
  ],
  containerEdits: {
    env: ['NVIDIA_VISIBLE_DEVICES=void', 'A=b=c'],
    deviceNodes: [{ path: '/dev/nvidiactl' }, { path: '/dev/nvidia-absent' }],
    mounts: [
      { hostPath: `${FOLDER}/libcuda.so.580.159.04`, containerPath: '/lib/libcuda.so.580.159.04' },
      { hostPath: '/usr/bin/nvidia-smi', containerPath: '/usr/bin/nvidia-smi' },
    ],
  },
};
const pathsOf = (of: HostGpus, indexes: readonly number[]) => {
  const { gpus, access } = offerGpus(of);
  return selectGpus(gpus, indexes, access).deviceNodes.map(({ path }) => path);
};
const boundOf = (of: HostGpus) => offerGpus(of).access.common.bound.map(({ destination }) => destination);

describe('a host without a CDI specification', () => {
  test('offers its GPUs by the names that functions ask for', () => {
    const { gpus, keptBack } = offerGpus(host);
    expect(gpus).toEqual([0, 1].map((index) => ({ index, type: 'H100', simulated: false })));
    expect(keptBack).toEqual([]);
  });

  test('gives a container its GPU, what all GPUs share, and no other GPU', () => {
    expect(pathsOf(host, [1])).toEqual([
      '/dev/nvidiactl',
      '/dev/nvidia-uvm',
      '/dev/nvidia-uvm-tools',
      '/dev/nvidia1',
    ]);
    expect(pathsOf(host, [])).toEqual([]);
  });

  test('gives the node that the kernel has for a GPU: on a part of a larger machine the first may be /dev/nvidia6', () => {
    expect(pathsOf({ ...host, minorOf: ({ index }) => index + 6 }, [0])).toContain('/dev/nvidia6');
  });

  test("lends the driver's libraries and nvidia-smi, and says where they are", () => {
    expect(boundOf(host)).toEqual([
      '/usr/local/nvidia/lib64/libcuda.so.580.159.04',
      '/usr/local/nvidia/lib64/libcuda.so.1',
      '/usr/local/nvidia/lib64/libcuda.so',
      '/usr/bin/nvidia-smi',
    ]);
    expect(offerGpus(host).access.common.env).toEqual({ LD_LIBRARY_PATH: '/usr/local/nvidia/lib64' });
  });
});

describe('a host with a CDI specification', () => {
  const described = { ...host, cdi, libraries: [], programs: [] };

  test('gives what it says to all, and to each GPU what it says of its index or its id', () => {
    expect(pathsOf(described, [0])).toEqual([
      '/dev/nvidiactl',
      '/dev/nvidia-uvm',
      '/dev/nvidia-uvm-tools',
      '/dev/nvidia0',
    ]);
    expect(pathsOf(described, [1]).slice(3)).toEqual(['/dev/nvidia1', '/dev/dri/card1']);
    expect(offerGpus(described).access.common.env).toMatchObject({
      NVIDIA_VISIBLE_DEVICES: 'void',
      A: 'b=c',
    });
  });

  test("binds libraries into the driver's folder, and programs where it says", () => {
    expect(boundOf(described)).toEqual([
      '/usr/local/nvidia/lib64/libcuda.so.580.159.04',
      '/usr/local/nvidia/lib64/libcuda.so.1',
      '/usr/local/nvidia/lib64/libcuda.so',
      '/usr/bin/nvidia-smi',
    ]);
  });

  test('of an earlier driver takes the one that is there', () => {
    const stale = JSON.parse(JSON.stringify(cdi).replaceAll('580.159.04', '535.129.03')) as CdiSpec;
    expect(boundOf({ ...host, cdi: stale })[0]).toBe('/usr/local/nvidia/lib64/libcuda.so.580.159.04');
    expect(offerGpus({ ...described, cdi: stale }).gpus).toEqual([]);
  });

  test('of another vendor is not taken', () => {
    expect(isNvidiaCdi(cdi)).toBe(true);
    expect(isNvidiaCdi({ ...cdi, kind: 'amd.com/gpu' })).toBe(false);
    expect(isNvidiaCdi(undefined)).toBe(false);
  });
});

describe('GPUs that no program could compute on are kept back, with the reason', () => {
  const reasonOf = (changed: Partial<HostGpus>) => {
    const { gpus, keptBack } = offerGpus({ ...host, ...changed });
    return { offered: gpus.map(({ index }) => index), reason: keptBack.join('; ') };
  };

  test('where gVisor does not know the driver', () => {
    const drivers = ['550.90.12', '580.65.06'];
    const { offered, reason } = reasonOf({ runtime: { name: 'runsc', drivers } });
    expect(offered).toEqual([]);
    expect(reason).toContain('runsc passes no calls to the driver 580.159.04, only to 550.90.12, 580.65.06');
    expect(reasonOf({ runtime: { name: 'runsc', drivers: [...drivers, '580.159.04'] } }).offered).toEqual([
      0, 1,
    ]);
  });

  test('where libcuda is nowhere', () => {
    expect(reasonOf({ libraries: [] })).toEqual({
      offered: [],
      reason: expect.stringContaining(`libcuda.so.580.159.04 is in none of ${FOLDER}`) as string,
    });
  });

  test('where a node that CUDA opens was not made', () => {
    const without = (absent: string) => (path: string) => (path === absent ? undefined : nodeOf(path));
    expect(reasonOf({ nodeOf: without('/dev/nvidia-uvm') }).reason).toContain('nvidia-modprobe -u -c=0');
    expect(reasonOf({ nodeOf: without('/dev/nvidia1') })).toEqual({
      offered: [0],
      reason: 'GPU 1 (NVIDIA H100 80GB HBM3) has no device node /dev/nvidia1',
    });
  });

  test('while one is cut into instances', () => {
    const { offered, reason } = reasonOf({ gpus: [{ ...gpu(0), cut: 'instances' }, gpu(1)] });
    expect(offered).toEqual([1]);
    expect(reason).toContain('nvidia-smi -i 0 -mig 0');
  });
});
