import { closeMonths } from './close-months.js';
import { invoiceDocument } from './invoice-view.js';
import { printInvoice } from './print-invoice.js';
import { correctCharge, giveCredit, recordPayment, setAccount } from '../ledger/book.js';
import { readTrialBalance } from '../ledger/read-trial-balance.js';
import { readGrants } from '../store/grant-rows.js';
import { readInvoices } from '../store/invoice-rows.js';
import {
  DECEMBER,
  NOW,
  balance,
  codeOf,
  newWorkspace,
  ran,
  store,
  use,
  useBillingStore,
} from '../billing-scene.testing.js';

const JANUARY = Date.parse('2027-01-03T00:00:00Z');

useBillingStore();

describe('a month that is over', () => {
  test('becomes an invoice whose lines, credits and dues are the ledger’s; late usage is on the next one', async () => {
    const workspaceId = newWorkspace();
    await setAccount(store.pool, { workspaceId, name: 'Ada & <Sons>', monthlyCreditUsd: '0.01' }, NOW);
    await use(ran(workspaceId, 1_000));
    await giveCredit(
      store.pool,
      { workspaceId, grantId: `hello-${workspaceId}`, amountUsd: '0.001', reason: 'Welcome' },
      NOW - 1,
    );
    await recordPayment(
      store.pool,
      { workspaceId, entryId: `p-${workspaceId}`, what: 'paid-ahead', amountUsd: '0.0005', memo: 'wire' },
      NOW,
    );
    await correctCharge(
      store.pool,
      { workspaceId, entryId: `c-${workspaceId}`, amountUsd: '-0.0001', reason: 'An outage' },
      NOW,
    );
    const payment = {
      entryId: `p-${workspaceId}`,
      what: 'paid-ahead',
      amountUsd: '0.0005',
      memo: '',
    } as const;
    const pay = (change: object) =>
      codeOf(recordPayment(store.pool, { workspaceId, ...payment, ...change }, NOW));
    expect(await pay({})).toBe('not refused');
    for (const other of [{ workspaceId: newWorkspace() }, { amountUsd: '0.0006' }, { what: 'invoice-paid' }])
      expect(await pay(other)).toBe('entry-exists');
    expect(await codeOf(closeMonths(store.pool, '2026-11', NOW))).toBe('month-not-over');
    expect(await codeOf(closeMonths(store.pool, '2026-12', NOW))).toBe('period-in-the-future');
    expect(await codeOf(closeMonths(store.pool, 'soon', NOW))).toBe('month-malformed');
    expect(await closeMonths(store.pool, '2026-11', DECEMBER)).toBeGreaterThan(0);
    expect(await closeMonths(store.pool, '2026-11', DECEMBER)).toBe(0);
    const [invoice] = await readInvoices(store.pool, workspaceId);
    const document = invoiceDocument(invoice!);
    // 0.0131 - 0.0001 - 0.01 of the month, 0.001 of the grant, 0.0005 of what was paid ahead.
    expect(document).toMatchObject({
      month: '2026-11',
      usageUsd: '0.013100',
      adjustedUsd: '-0.000100',
      creditedUsd: '0.011000',
      prepaidUsd: '0.000500',
      dueUsd: '0.001500',
      lines: [{ day: '2026-11-21', name: 'shop.render', billedUsd: '0.013100', correction: false }],
    });
    const page = printInvoice(invoice!);
    expect(page).toContain('Ada &amp; &lt;Sons&gt;');
    expect(page).toContain('0.0015 USD');
    expect(
      await codeOf(
        recordPayment(
          store.pool,
          { workspaceId, entryId: `q-${workspaceId}`, what: 'invoice-paid', amountUsd: '5', memo: '' },
          DECEMBER,
        ),
      ),
    ).toBe('payment-above-owed');
    expect(
      await recordPayment(
        store.pool,
        { workspaceId, entryId: `i-${workspaceId}`, what: 'invoice-paid', amountUsd: '0.0015', memo: 'wire' },
        DECEMBER,
      ),
    ).toMatchObject({ unpaidUsd: '0.000000' });
    await use(ran(workspaceId, 100, { functionTag: 'late' }));
    expect(await balance(workspaceId, DECEMBER)).toMatchObject({ usageUsd: '0.001310' });
    expect(await balance(workspaceId, DECEMBER, '2026-11')).toMatchObject({ usageUsd: '0.013100' });
    await closeMonths(store.pool, '2026-12', JANUARY);
    const [next] = await readInvoices(store.pool, workspaceId);
    expect(invoiceDocument(next!).lines).toMatchObject([
      { day: '2026-11-21', name: 'shop.late', correction: true },
    ]);
    expect((await readTrialBalance(store.pool)).sumUsd).toBe('0.000000');
  });

  test('leaves its credit to what was used in it and becomes known in the next one, and to nothing after that', async () => {
    const workspaceId = newWorkspace();
    await setAccount(store.pool, { workspaceId, monthlyCreditUsd: '0.02' }, NOW);
    await use(ran(workspaceId, 1_000));
    await closeMonths(store.pool, '2026-11', DECEMBER);
    await use(ran(workspaceId, 600));
    // 0.02 less 0.0131 were left for 0.00786.
    const late = { usageUsd: '0.007860', creditedUsd: '0.006900', dueUsd: '0.000960' };
    expect(await balance(workspaceId, DECEMBER)).toMatchObject({ ...late, creditsLeftUsd: '0.020000' });
    await closeMonths(store.pool, '2026-12', JANUARY);
    const [invoice] = await readInvoices(store.pool, workspaceId);
    expect(invoiceDocument(invoice!)).toMatchObject(late);
    const grants = await readGrants(store.pool, workspaceId);
    expect(grants.map(({ lapsed, leftMicroUsd }) => [lapsed, leftMicroUsd])).toEqual([
      [true, 0n],
      [false, 20_000n],
    ]);
    await use(ran(workspaceId, 100));
    expect(await balance(workspaceId, JANUARY)).toMatchObject({ dueUsd: '0.001310' });
    expect((await readTrialBalance(store.pool)).sumUsd).toBe('0.000000');
  });

  test('that cannot be closed holds up no other workspace, and is closed once it can be', async () => {
    const [broken, other] = [`${newWorkspace()}-0`, `${newWorkspace()}-1`];
    await use(ran(broken, 1_000), ran(other, 1_000));
    const subjects = async (text: string): Promise<void> => {
      await store.pool.query({
        text: `update billing.charges set subject = ${text} where workspace_id = $1`,
        values: [broken],
      });
    };
    await subjects(`json_build_object('was', subject)`);
    await expect(closeMonths(store.pool, '2026-11', DECEMBER)).rejects.toThrow(
      `1 invoices are issued, but the months of ${broken} are not closed`,
    );
    expect(await readInvoices(store.pool, other)).toHaveLength(1);
    expect(await readInvoices(store.pool, broken)).toEqual([]);
    await subjects(`subject -> 'was'`);
    expect(await closeMonths(store.pool, '2026-11', DECEMBER)).toBe(1);
    expect(await readInvoices(store.pool, broken)).toHaveLength(1);
  });

  test('invoices are numbered without a gap', async () => {
    const { rows } = await store.pool.query<{ gaps: string }>({
      text: 'select max(number) - count(*) as gaps from billing.invoices',
    });
    expect(Number(rows[0]?.gaps)).toBe(0);
  });

  test('the ledger is not changed, nor is anything taken out of it', async () => {
    const before = await readTrialBalance(store.pool);
    for (const text of [
      'delete from billing.postings',
      'update billing.postings set amount = 0',
      'truncate billing.entries cascade',
    ])
      await expect(store.pool.query({ text })).rejects.toThrow('the ledger is only added to');
    expect(await readTrialBalance(store.pool)).toEqual(before);
    const { rows } = await store.pool.query<{ wrong: string }>({
      text: `select count(*) as wrong from (select account, sum(amount) as amount from billing.postings group by account) booked
        full join billing.balances kept using (account) where booked.amount is distinct from kept.amount`,
    });
    expect(rows[0]?.wrong).toBe('0');
  });
});
