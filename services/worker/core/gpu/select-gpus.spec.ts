import { selectGpus } from './select-gpus.js';

const real = [0, 1].map((index) => ({ index, type: 'H100', simulated: false }));

describe('GPUs of a container', () => {
  test('a container sees the GPUs that it was given and no other', () => {
    const { deviceNodes, env } = selectGpus(real, [1], []);
    expect(deviceNodes.map(({ path }) => path)).toEqual(['/dev/nvidiactl', '/dev/nvidia1']);
    expect(env).toEqual({ NVIDIA_VISIBLE_DEVICES: '1' });
  });

  test('a container without GPUs sees none', () => {
    expect(selectGpus(real, [], []).deviceNodes).toEqual([]);
  });

  test('a simulated GPU is a name and no device', () => {
    expect(selectGpus([{ index: 0, type: 'H100', simulated: true }], [0], [])).toEqual({
      deviceNodes: [],
      env: { SLIPWAY_SIMULATED_GPU: 'H100' },
    });
  });
});
