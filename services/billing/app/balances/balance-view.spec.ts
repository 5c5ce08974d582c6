import { balance, newWorkspace, NOW, ran, store, use, useBillingStore } from '../billing-scene.testing.js';
import { recordPayment, setAccount } from '../ledger/book.js';

const OCTOBER = Date.parse('2026-10-20T00:00:00Z');

useBillingStore();

test('money paid ahead pays once: the month before comes first, which has no invoice yet', async () => {
  const workspaceId = newWorkspace();
  await setAccount(store.pool, { workspaceId, terms: 'prepaid', monthlyCreditUsd: '0' }, OCTOBER);
  await store.pool.query({
    text: 'delete from billing.grants where workspace_id = $1',
    values: [workspaceId],
  });
  await recordPayment(
    store.pool,
    { workspaceId, entryId: `p-${workspaceId}`, what: 'paid-ahead', amountUsd: '0.0131', memo: '' },
    OCTOBER,
  );
  await use(ran(workspaceId, 1_000, { fromMs: OCTOBER }), ran(workspaceId, 100));
  expect(await balance(workspaceId, NOW, '2026-10')).toMatchObject({
    usageUsd: '0.013100',
    prepaidUsedUsd: '0.013100',
    dueUsd: '0.000000',
  });
  expect(await balance(workspaceId, NOW)).toMatchObject({
    usageUsd: '0.001310',
    prepaidUsedUsd: '0.000000',
    dueUsd: '0.001310',
  });
});
