import { newInput, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const callWith = (scene: SchedulerScene, ...blobIds: string[]): Promise<unknown> =>
  scene.requests['create-call']({
    ...{ callId: 'fc-1', functionId: 'fu-1', workspaceId: WORKSPACE, shape: 'map', invocation: 'async' },
    inputs: blobIds.map((blobId, idx) => ({ ...newInput(`in-${idx}`, idx), args: { blobId } })),
  });

describe('arguments', () => {
  const named = async ({ requests }: SchedulerScene): Promise<readonly string[]> =>
    (await requests['list-arguments']({ blobIds: ['bl-1', 'bl-2', 'bl-3'] })).blobIds;

  test('are those of inputs that wait or run, also after a start', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.sync();
    await callWith(scene, 'bl-1', 'bl-2');
    const taskId = (await scene.sync()).start[0]!.taskId;
    expect(await named(scene)).toEqual(['bl-1', 'bl-2']);
    await scene.take(taskId);
    scene.restart();
    expect(await named(scene)).toEqual(['bl-1', 'bl-2']);
    await scene.put(taskId, 'in-0');
    expect(await named(scene)).toEqual(['bl-2']);
  });
});
