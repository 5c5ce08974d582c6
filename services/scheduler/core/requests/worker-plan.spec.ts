import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { newInput, WORKSPACE } from '../testing/samples.testing.js';

const variant = { functionId: 'fu-1', boundFunctionId: 'fu-variant', workspaceId: WORKSPACE };

/** What the worker is told of the container that a call of the variant started. */
const startedVariant = async (scene: SchedulerScene, callId: string) => {
  await scene.requests['create-call']({
    ...{ callId, functionId: 'fu-variant', workspaceId: WORKSPACE, shape: 'unary', invocation: 'sync' },
    inputs: [newInput(`in-of-${callId}`)],
  });
  const { start } = await scene.sync();
  return start.at(-1);
};

test('a container of a variant is told how many inputs it takes at once, and in which batches', async () => {
  const scene = new SchedulerScene();
  await scene.deploy({ batch: { maxSize: 9, lingerMs: 1_000 } });
  await scene.sync();
  const overrides = {
    ...{ maxConcurrentInputs: 8, targetConcurrentInputs: 6 },
    batch: { maxSize: 2, lingerMs: 0 },
  };
  await scene.requests['bind-function']({ ...variant, overrides });
  expect(await startedVariant(scene, 'fc-1')).toMatchObject({ functionId: 'fu-variant', ...overrides });
});

test('a deployment reaches a variant in all that it did not say itself, once one bound of old is bound anew', async () => {
  const scene = new SchedulerScene();
  const resources = { milliCpu: 500, memoryMiB: 256, gpus: [] };
  await scene.deploy({ resources });
  await scene.sync();
  await scene.requests['bind-function']({ ...variant, overrides: { timeoutMs: 5_000, resources } });
  await scene.deploy({ resources: { ...resources, memoryMiB: 1_024 } }, 'd2');
  await scene.requests['bind-function']({ ...variant, overrides: { timeoutMs: 5_000 } });
  expect(await startedVariant(scene, 'fc-1')).toMatchObject({
    functionId: 'fu-variant',
    inputTimeoutMs: 5_000,
    resources: { milliCpu: 500, memoryMiB: 1_024 },
  });
});
