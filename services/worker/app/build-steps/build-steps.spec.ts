import type { BuildStep, GpuNeed } from '@slipway/contracts';
import { BuildSteps } from './build-steps.js';

const step = (gpu: GpuNeed): BuildStep => ({
  stepId: 'step',
  workspaceId: 'ws',
  base: [],
  env: {},
  workdir: '/',
  action: { kind: 'run', argv: ['true'], secretIds: [], gpu, timeoutMs: 1 },
});
const steps = (...types: string[]): BuildSteps =>
  new BuildSteps({
    config: { workerId: 'wo-1' },
    logger: { error: () => undefined },
    gpus: types.map((type, index) => ({ index, type, simulated: false })),
  } as never);

describe('a step that asks for GPUs', () => {
  test.each<[string, GpuNeed, string[]]>([
    ['where there is none', { type: 'any', count: 1 }, []],
    ['of another type', { type: 'H100', count: 1 }, ['L4', 'L4']],
    ['of which there are too few', { type: 'H100', count: 2 }, ['H100', 'L4']],
    ['of one type where there are several types', { type: 'any', count: 2 }, ['H100', 'L4']],
  ])('is left to other workers: %s', (_, need, types) => {
    expect(() => steps(...types).claim(step(need))).toThrow(
      `worker wo-1 does not have ${need.count} GPU${need.count === 1 ? '' : 's'} of type ${need.type}`,
    );
  });

  test.each<[GpuNeed, string[]]>([
    [{ type: 'any', count: 2 }, ['L4', 'H100', 'H100']],
    [{ type: 'H100', count: 1 }, ['L4', 'H100']],
  ])('%j is taken by a host with %j', async (need, types) => {
    const taking = steps(...types);
    expect(taking.claim(step(need))).toEqual({ workerId: 'wo-1' });
    await taking.stopAll();
  });
});

test('once all are stopped no step is taken, so that it goes to another worker', async () => {
  const stopped = steps('L4');
  await stopped.stopAll();
  expect(() => stopped.claim(step({ type: 'L4', count: 1 }))).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ refused: 'unavailable' }) as unknown }),
  );
});
