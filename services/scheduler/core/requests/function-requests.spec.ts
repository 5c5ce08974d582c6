import type { DefinitionId, FunctionId } from '@slipway/contracts';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { specOf, WORKSPACE } from '../testing/samples.testing.js';

const of = { appId: 'ap-1', workspaceId: WORKSPACE };

const digestsOf = async (
  { requests }: SchedulerScene,
  definitionIds?: Readonly<Record<FunctionId, DefinitionId>>,
): Promise<readonly string[]> => {
  const { functions } = await requests['list-functions']({ ...of, ...(definitionIds && { definitionIds }) });
  return functions.map(({ definitionDigest }) => definitionDigest);
};

test('definitions are listed by their names before they are published', async () => {
  const made = new SchedulerScene();
  await made.deploy({}, 'd1');
  for (const name of ['2', '3'])
    await made.requests['create-function']({
      ...of,
      functionId: 'fu-1',
      spec: specOf({ timeoutMs: Number(name) }),
      definitionId: `de-${name}`,
      definitionDigest: `d${name}`,
    });
  expect(await digestsOf(made)).toEqual(['d1']);
  expect(await digestsOf(made, { 'fu-1': 'de-2' })).toEqual(['d2']);
  expect(await digestsOf(made, { 'fu-1': '' })).toEqual(['d3']);
  expect(await digestsOf(made, {})).toEqual([]);
});

test('of the functions of other apps nothing is listed', async () => {
  const made = new SchedulerScene();
  await made.deploy();
  await made.requests['create-app']({
    ...of,
    appId: 'ap-2',
    environment: 'main',
    description: '',
    lifetime: 'deployed',
  });
  await made.requests['create-function']({
    ...of,
    appId: 'ap-2',
    functionId: 'fu-2',
    spec: specOf(),
    definitionDigest: 'd',
  });
  expect(await digestsOf(made, { 'fu-2': '' })).toEqual([]);
});
