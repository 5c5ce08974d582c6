import { NO_EDITS, type GpuEdits, type HostGpuAccess } from './gpu-edits.js';
import { selectGpus } from './select-gpus.js';

const real = [0, 1].map((index) => ({ index, type: 'H100', simulated: false }));
const nodeEdits = (name: string, minor: number): GpuEdits => ({
  ...NO_EDITS,
  deviceNodes: [{ path: `/dev/${name}`, major: 195, minor }],
});
const access: HostGpuAccess = {
  common: nodeEdits('nvidiactl', 255),
  perGpu: new Map([0, 1].map((index) => [index, nodeEdits(`nvidia${index}`, index)])),
};

describe('GPUs of a container', () => {
  test('a container sees the GPUs that it was given and no other', () => {
    const { deviceNodes, env } = selectGpus(real, [1], access);
    expect(deviceNodes.map(({ path }) => path)).toEqual(['/dev/nvidiactl', '/dev/nvidia1']);
    expect(env).toEqual({ NVIDIA_VISIBLE_DEVICES: '1' });
  });

  test('a container without GPUs sees none', () => {
    expect(selectGpus(real, [], access).deviceNodes).toEqual([]);
  });

  test('a simulated GPU is a name and no device', () => {
    expect(selectGpus([{ index: 0, type: 'H100', simulated: true }], [0], access)).toEqual({
      ...NO_EDITS,
      env: { SLIPWAY_SIMULATED_GPU: 'H100' },
    });
  });
});
