import { LISTED_MS } from '../app/list-apps.js';
import { specOf, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const run = { appId: 'ap-run', workspaceId: WORKSPACE } as const;
const creation = { ...run, environment: 'main', description: 'a run', lifetime: 'ephemeral' } as const;

/** Another `modal run`, which has come to its end. */
const finishedRun = async (scene: SchedulerScene): Promise<void> => {
  const { requests } = scene;
  await requests['create-app'](creation);
  const definition = { functionId: 'fu-run', spec: specOf(), definitionDigest: 'd' };
  await requests['create-function']({ ...run, ...definition });
  const none = { name: '', classIds: {}, definitionIds: {} };
  await requests['publish-app']({ ...run, ...none, functionIds: { f: 'fu-run' }, lifetime: 'ephemeral' });
  await requests['stop-app']({ ...run, reason: 'it is done' });
};

const listed = async ({ requests }: SchedulerScene): Promise<readonly string[]> =>
  (await requests['list-apps']({ workspaceId: WORKSPACE })).apps.map(({ appId }) => appId);

describe('an app that has stopped', () => {
  test('is listed for a day; then a run leaves the memory with its functions', async () => {
    const scene = new SchedulerScene();
    await finishedRun(scene);
    const { state } = scene.process;
    await scene.evictAfter(LISTED_MS - 60_000);
    expect(await listed(scene)).toEqual(['ap-run']);
    await scene.evictAfter(2 * 60_000);
    expect(await listed(scene)).toEqual([]);
    expect([state.apps.size, state.functions.size]).toEqual([0, 0]);
    expect([...state.versions.keys()]).toEqual(['worker-wo-1']);
  });

  test('is there for who asks for it or its function by id, and is never begun anew', async () => {
    const scene = new SchedulerScene();
    await finishedRun(scene);
    const { requests } = scene;
    await scene.evictAfter(LISTED_MS + 60_000);
    expect(await requests['get-app'](run)).toMatchObject({ state: 'stopped', description: 'a run' });
    await scene.evictAfter(60_000);
    const fn = { functionId: 'fu-run', workspaceId: WORKSPACE };
    expect(await requests['get-function'](fn)).toMatchObject({ appId: 'ap-run', environment: 'main' });
    await scene.evictAfter(60_000);
    await requests['create-app'](creation);
    const definition = { functionId: 'fu-run', spec: specOf(), definitionDigest: 'other' };
    await expect(requests['create-function']({ ...run, ...definition })).rejects.toThrow('is stopped');
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('is found by its name as long as no other app has it, though it is no longer listed', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
    await scene.evictAfter(LISTED_MS + 60_000);
    expect(await listed(scene)).toEqual([]);
    const named = { workspaceId: WORKSPACE, environment: 'main', name: 'shop' };
    expect(await scene.requests['find-app'](named)).toMatchObject({ stopped: { appId: 'ap-1' } });
  });
});
