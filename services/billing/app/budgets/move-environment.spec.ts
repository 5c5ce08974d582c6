import { NOW, newWorkspace, ran, store, use, useBillingStore } from '../billing-scene.testing.js';
import { deleteBudgets, listBudgets, setWorkspaceBudget } from './budgets.js';
import { moveEnvironment } from './move-environment.js';

useBillingStore();

const budget = (
  workspaceId: string,
  limitUsd: string,
  environment?: string,
  kind: 'hard' | 'soft' = 'hard',
) =>
  setWorkspaceBudget(
    store.pool,
    { workspaceId, kind, limitUsd, setBy: 'ada', ...(environment === undefined ? {} : { environment }) },
    NOW,
  );
const budgets = async (workspaceId: string): Promise<unknown[]> =>
  (await listBudgets(store.pool, workspaceId, NOW)).map(({ environment, kind, limitUsd, spentUsd }) => [
    environment ?? 'all',
    kind,
    limitUsd,
    spentUsd,
  ]);
const move = (workspaceId: string) =>
  moveEnvironment(store.pool, { workspaceId, environment: 'dev', to: 'staging' });

test('a budget follows its environment to another name, with what is spent of it, however often it is asked', async () => {
  const workspaceId = newWorkspace();
  const stranger = newWorkspace();
  for (const owner of [workspaceId, stranger]) {
    await use(ran(owner, 10, { environment: 'dev' }));
    await budget(owner, '0.01', 'dev');
  }
  await move(workspaceId);
  await move(workspaceId);
  expect(await budgets(workspaceId)).toEqual([['staging', 'hard', '0.010000', '0.000131']]);
  expect(await budgets(stranger)).toEqual([['dev', 'hard', '0.010000', '0.000131']]);
});

test('budgets of one that is gone give way, and what it spent counts for the workspace alone', async () => {
  const workspaceId = newWorkspace();
  await use(ran(workspaceId, 10, { environment: 'dev' }), ran(workspaceId, 20, { environment: 'staging' }));
  await budget(workspaceId, '0.01', 'dev');
  for (const kind of ['hard', 'soft'] as const) await budget(workspaceId, '5', 'staging', kind);
  await budget(workspaceId, '0.02');
  await move(workspaceId);
  expect(await budgets(workspaceId)).toEqual([
    ['all', 'hard', '0.020000', '0.000393'],
    ['staging', 'hard', '0.010000', '0.000131'],
  ]);
  await use(ran(workspaceId, 10, { environment: 'staging' }));
  await move(workspaceId);
  expect(await budgets(workspaceId)).toEqual([
    ['all', 'hard', '0.020000', '0.000524'],
    ['staging', 'hard', '0.010000', '0.000262'],
  ]);
});

test('the budgets of an environment go with it, and no others', async () => {
  const workspaceId = newWorkspace();
  const other = newWorkspace();
  for (const kind of ['hard', 'soft'] as const) await budget(workspaceId, '1', 'dev', kind);
  for (const environment of [undefined, 'main']) await budget(workspaceId, '1', environment);
  await budget(other, '1', 'dev');
  await deleteBudgets(store.pool, { workspaceId, environment: 'dev' });
  expect(await budgets(workspaceId)).toEqual([
    ['all', 'hard', '1.000000', '0.000000'],
    ['main', 'hard', '1.000000', '0.000000'],
  ]);
  expect(await budgets(other)).toHaveLength(1);
});

test('one that is made anew has spent nothing, nor has one that gets the name; the workspace has', async () => {
  const workspaceId = newWorkspace();
  const other = newWorkspace();
  await budget(workspaceId, '1');
  for (const owner of [workspaceId, other]) {
    for (const environment of ['dev', 'staging']) await use(ran(owner, 10, { environment }));
    await budget(owner, '0.01', 'dev');
  }
  for (let time = 0; time < 2; time += 1) {
    for (const environment of ['dev', 'staging'])
      await deleteBudgets(store.pool, { workspaceId, environment });
    await use(ran(workspaceId, 20, { environment: 'dev' }));
    await budget(workspaceId, '0.01', 'dev');
    expect(await budgets(workspaceId)).toMatchObject([{}, ['dev', 'hard', '0.010000', '0.000262']]);
  }
  await move(workspaceId);
  expect(await budgets(workspaceId)).toEqual([
    ['all', 'hard', '1.000000', '0.000786'],
    ['staging', 'hard', '0.010000', '0.000262'],
  ]);
  expect(await budgets(other)).toEqual([['dev', 'hard', '0.010000', '0.000131']]);
});
