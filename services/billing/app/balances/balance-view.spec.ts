import { balance, newWorkspace, NOW, ran, store, use, useBillingStore } from '../billing-scene.testing.js';
import { closeMonths } from '../invoices/close-months.js';
import { giveCredit, recordPayment, setAccount } from '../ledger/book.js';

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

test('a credit without an end pays once: what the month before used of it is gone, before that has an invoice', async () => {
  const workspaceId = newWorkspace();
  await setAccount(store.pool, { workspaceId, terms: 'invoiced', monthlyCreditUsd: '0' }, OCTOBER);
  await giveCredit(
    store.pool,
    { workspaceId, grantId: `spring-${workspaceId}`, amountUsd: '0.014', reason: 'Spring' },
    OCTOBER,
  );
  await use(ran(workspaceId, 1_000, { fromMs: OCTOBER }), ran(workspaceId, 100));
  expect(await balance(workspaceId, NOW, '2026-10')).toMatchObject({
    creditedUsd: '0.013100',
    dueUsd: '0.000000',
  });
  const november = { creditedUsd: '0.000900', dueUsd: '0.000410' };
  expect(await balance(workspaceId, NOW)).toMatchObject(november);
  await closeMonths(store.pool, '2026-10', NOW);
  expect(await balance(workspaceId, NOW)).toMatchObject(november);
});

test('a month that was closed without an invoice comes to nothing', async () => {
  const workspaceId = newWorkspace();
  await setAccount(store.pool, { workspaceId, terms: 'invoiced', monthlyCreditUsd: '30' }, OCTOBER);
  await closeMonths(store.pool, '2026-10', NOW);
  expect(await balance(workspaceId, NOW, '2026-10')).toMatchObject({
    usageUsd: '0.000000',
    creditedUsd: '0.000000',
    dueUsd: '0.000000',
  });
});
