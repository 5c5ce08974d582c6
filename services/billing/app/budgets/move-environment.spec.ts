import { inTransaction } from '@slipway/event-store';
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

test('they go in the order in which budgets are told of, so that neither waits for the other', async () => {
  const workspaceId = newWorkspace();
  // Written in another order than that of their ids.
  for (const [id, kind] of [
    ['bu-2', 'hard'],
    ['bu-1', 'soft'],
  ])
    await store.pool.query({
      text: `insert into billing.budgets (budget_id, workspace_id, environment, kind, limit_micro_usd, set_by, set_at)
        values ($1, $2, 'dev', $3, 1, 'ada', 0)`,
      values: [id, workspaceId, kind],
    });
  let gone: Promise<void> | undefined;
  await inTransaction(store.pool, async (teller) => {
    const lock = (id: string) =>
      teller.query({ text: 'select from billing.budgets where budget_id = $1 for update', values: [id] });
    await lock('bu-1');
    gone = deleteBudgets(store.pool, { workspaceId, environment: 'dev' });
    await othersWaiting();
    await lock('bu-2');
  });
  await gone;
  expect(await budgets(workspaceId)).toEqual([]);
});

/** Until a statement waits for rows that are locked. */
const othersWaiting = async (): Promise<void> => {
  const waiting = { text: 'select from pg_locks where not granted' };
  while ((await store.pool.query(waiting)).rowCount === 0);
};
