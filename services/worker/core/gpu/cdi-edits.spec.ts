import { accessOfCdi, isNvidiaCdi } from './cdi-edits.js';

const spec = {
  kind: 'nvidia.com/gpu',
  devices: [
    { name: '0', containerEdits: { deviceNodes: [{ path: '/dev/nvidia0' }] } },
    { name: 'all', containerEdits: { deviceNodes: [{ path: '/dev/nvidia0' }] } },
  ],
  containerEdits: {
    env: ['NVIDIA_VISIBLE_DEVICES=void', 'A=b=c'],
    deviceNodes: [{ path: '/dev/nvidiactl' }, { path: '/dev/nvidia-absent' }],
    mounts: [
      { hostPath: '/usr/lib/libcuda.so.550.54.15', containerPath: '/usr/lib/libcuda.so.550.54.15' },
      { hostPath: '/usr/bin/nvidia-smi', containerPath: '/usr/bin/nvidia-smi' },
    ],
  },
};
const nodeOf = (path: string) => (path.includes('absent') ? undefined : { path, major: 195, minor: 0 });

describe('a CDI specification', () => {
  test('gives every container the driver, and each GPU its own node', () => {
    const { common, perGpu } = accessOfCdi(spec, nodeOf);
    expect(common.deviceNodes.map(({ path }) => path)).toEqual(['/dev/nvidiactl']);
    expect(common.env).toEqual({ NVIDIA_VISIBLE_DEVICES: 'void', A: 'b=c' });
    expect([...perGpu.keys()]).toEqual([0]);
    expect(perGpu.get(0)?.deviceNodes.map(({ path }) => path)).toEqual(['/dev/nvidia0']);
  });

  test('binds a library under the name that programs ask for, and a program under its own only', () => {
    expect(accessOfCdi(spec, nodeOf).common.bound.map(({ destination }) => destination)).toEqual([
      '/usr/lib/libcuda.so.550.54.15',
      '/usr/lib/libcuda.so.1',
      '/usr/bin/nvidia-smi',
    ]);
  });

  test('of another vendor is not taken', () => {
    expect(isNvidiaCdi(spec)).toBe(true);
    expect(isNvidiaCdi({ ...spec, kind: 'amd.com/gpu' })).toBe(false);
    expect(isNvidiaCdi(undefined)).toBe(false);
  });
});
