import { createServer, type Server } from 'node:http';
import { createHmac } from 'node:crypto';
import type { AskHold, ContainerUsage, UsageFact } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import { startThrowawayPostgres, type ThrowawayPostgres } from '../../../tools/testing/throwaway-postgres.ts';
import { balanceView } from './balances/balance-view.js';
import { deleteBudget, listBudgets, setWorkspaceBudget } from './budgets/budgets.js';
import { listCosts } from './costs/list-costs.js';
import { callCost, functionHistory } from './explain/call-cost.js';
import { quote } from './explain/quote.js';
import { holdSpend, listSpendCaps } from './holds/hold-spend.js';
import { closeMonths } from './invoices/close-months.js';
import { invoiceDocument } from './invoices/invoice-view.js';
import { printInvoice } from './invoices/print-invoice.js';
import { correctCharge, giveCredit, recordPayment, setAccount } from './ledger/book.js';
import { listEntries } from './ledger/list-entries.js';
import { listUnpricedUsage } from './ledger/list-unpriced-usage.js';
import { readTrialBalance } from './ledger/read-trial-balance.js';
import { takeUsage } from './metering/take-usage.js';
import { listNotices } from './notices/list-notices.js';
import { publicAddress } from './notices/public-address.js';
import { sendNotices } from './notices/send-notices.js';
import { tellThresholds } from './notices/tell-thresholds.js';
import { priceUsage } from './processes/price-usage/price-usage.js';
import { giveWorkspaceDiscount, publishCard } from './rates/rate-cards.js';
import { endHolds } from './store/hold-rows.js';
import { readInvoices } from './store/invoice-rows.js';
import { openStore, type BillingStore } from './store/open-store.js';

const NOW = Date.parse('2026-11-21T12:30:00Z');
const DECEMBER = Date.parse('2026-12-03T00:00:00Z');
let postgres: ThrowawayPostgres;
let store: BillingStore;
let workspaces = 0;
let containers = 0;

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  store = await openStore(postgres.databaseUrl);
}, 60_000);
afterAll(async () => {
  await store.orm.close();
  await postgres.stop();
});

const newWorkspace = (): string => `ws-${++workspaces}`;
const SECOND_NS = 1_000_000_000;
const HOUR_MS = 3_600_000;

/** A container that held a core, and nothing else, for so many seconds: 13.1 micro-dollars each. */
const ran = (workspaceId: string, seconds: number, change: Partial<ContainerUsage> = {}): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId,
  environment: 'main',
  fromMs: NOW,
  durationNs: seconds * SECOND_NS,
  containerId: `ta-${++containers}`,
  end: 'idle',
  workerId: 'wo-1',
  appId: 'ap-1',
  appName: 'shop',
  functionId: 'fu-1',
  functionTag: 'render',
  purpose: 'serve',
  tags: { team: 'web' },
  preemptible: true,
  phases: { startingNs: 0, busyNs: seconds * SECOND_NS, idleNs: 0, stoppingNs: 0 },
  calls: [],
  cpu: { usedNs: 0, reservedNs: seconds * SECOND_NS },
  memory: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  gpus: [],
  egressBytes: 0,
  ...change,
});

/** Takes usage and books all of it. */
const use = async (...facts: UsageFact[]): Promise<void> => {
  expect(await takeUsage(store.pool, facts, () => NOW + HOUR_MS)).toEqual([]);
  while ((await priceUsage(store.pool, () => NOW)) > 0);
};
const balance = (workspaceId: string, at = NOW, month?: string) =>
  inTransaction(store.pool, (connection) =>
    balanceView(connection, { workspaceId, ...(month === undefined ? {} : { month }) }, at),
  );
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'not refused',
    (error: { refusal?: { code: string } }) => error.refusal?.code ?? String(error),
  );

test('usage is charged once, however often it comes, and the credit of the month pays for it', async () => {
  const workspaceId = newWorkspace();
  const fact = ran(workspaceId, 1_000);
  await use(fact);
  await use(fact, { ...fact });
  expect(await balance(workspaceId)).toMatchObject({
    usageUsd: '0.013100',
    creditedUsd: '0.013100',
    dueUsd: '0.000000',
    creditsLeftUsd: '30.000000',
  });
  const [entry] = (await listEntries(store.pool, { workspaceId, limit: 10 })).filter(
    ({ kind }) => kind === 'usage-priced',
  );
  expect(entry?.usage).toHaveLength(1);
  expect((await readTrialBalance(store.pool)).sumUsd).toBe('0.000000');
});

test('costs are added up by what and when, and nobody sees those of another workspace', async () => {
  const workspaceId = newWorkspace();
  const hour = 3_600_000;
  await use(
    ran(workspaceId, 10),
    ran(workspaceId, 10, { fromMs: NOW - hour, functionId: 'fu-2', functionTag: 'thumb' }),
    ran(workspaceId, 10, { environment: 'dev', appId: 'ap-2', appName: 'lab' }),
    ran(newWorkspace(), 1_000),
  );
  const of = { workspaceId, fromMs: NOW - 24 * hour, toMs: NOW + hour } as const;
  const byApp = await listCosts(store.pool, { ...of, resolution: 'day', per: 'app' });
  expect(byApp.map(({ name, environment, billedUsd, tags }) => [name, environment, billedUsd, tags])).toEqual(
    [
      ['lab', 'dev', '0.000131', { team: 'web' }],
      ['shop', 'main', '0.000262', { team: 'web' }],
    ],
  );
  const byHour = await listCosts(store.pool, {
    ...of,
    resolution: 'hour',
    per: 'function',
    environments: ['main'],
  });
  expect(
    byHour.map(({ objectId, fromMs }) => [objectId, new Date(fromMs).toISOString().slice(11, 16)]),
  ).toEqual([
    ['fu-2', '11:00'],
    ['fu-1', '12:00'],
  ]);
});

test('a call’s cost is its part of the containers’ time, step by step; a quote names the same rates', async () => {
  const workspaceId = newWorkspace();
  const calls = [
    { callId: 'fc-1', inputs: 1, heldNs: 30 * SECOND_NS },
    { callId: 'fc-2', inputs: 1, heldNs: 10 * SECOND_NS },
  ];
  const phases = { startingNs: 0, busyNs: 50 * SECOND_NS, idleNs: 50 * SECOND_NS, stoppingNs: 0 };
  await use(ran(workspaceId, 100, { calls, phases, preemptible: false }));
  const cost = await callCost(store.pool, { workspaceId, callId: 'fc-1' });
  // Half of 100 core-seconds were busy, and three quarters of that its own, at three times the rate.
  expect(cost).toMatchObject({
    usd: '0.001473750',
    final: true,
    steps: [{ sku: 'cpu', quantity: '37.500000000', listUsdPerUnit: '0.000013100', nonPreemptible: '3' }],
  });
  expect(await codeOf(callCost(store.pool, { workspaceId: 'ws-other', callId: 'fc-1' }))).toBe(
    'call-without-usage',
  );
  expect(await functionHistory(store.pool, { workspaceId, functionId: 'fu-1' })).toMatchObject({ inputs: 2 });
  const ceiling = { milliCpu: 1_000, memoryMiB: 0, diskMiB: 0, gpus: [] };
  expect(
    await quote(store.pool, { workspaceId, ceiling, seconds: '37.5', preemptible: false }, NOW),
  ).toMatchObject({
    usd: '0.001473750',
  });
});

test('a discount is for its workspace, from now on', async () => {
  const workspaceId = newWorkspace();
  const discount = { discountId: 'half', workspaceId, share: '1/2', fromMs: NOW + 10_000 };
  await giveWorkspaceDiscount(store.pool, discount, NOW);
  expect(await codeOf(giveWorkspaceDiscount(store.pool, { ...discount, discountId: 'x' }, NOW))).toBe(
    'discounts-overlap',
  );
  await use(ran(workspaceId, 100, { fromMs: NOW + 20_000 }));
  const [row] = await listCosts(store.pool, {
    workspaceId,
    fromMs: 0,
    toMs: NOW + 3_600_000,
    resolution: 'all',
    per: 'workspace',
  });
  expect(row).toMatchObject({ listUsd: '0.001310', billedUsd: '0.000655' });
});

test('what has no price is charged nothing and is on the operator’s list', async () => {
  const workspaceId = newWorkspace();
  await use(
    ran(workspaceId, 1, { gpus: [{ type: 'V100', count: 1, deviceNs: SECOND_NS, simulated: false }] }),
  );
  expect(await listUnpricedUsage(store.pool, 10)).toMatchObject([{ sku: 'gpu-V100', workspaceId }]);
});

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
    await closeMonths(store.pool, '2026-12', Date.parse('2027-01-03T00:00:00Z'));
    const [next] = await readInvoices(store.pool, workspaceId);
    expect(invoiceDocument(next!).lines).toMatchObject([
      { day: '2026-11-21', name: 'shop.late', correction: true },
    ]);
    expect((await readTrialBalance(store.pool)).sumUsd).toBe('0.000000');
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

describe('a hard budget', () => {
  const CORE = { milliCpu: 1_000, memoryMiB: 0, diskMiB: 0, gpus: [] };
  /** Three times the listed rate, for it might be left alone: 39.3 micro-dollars a second. */
  const hold = (workspaceId: string, seconds: number, environment = 'main'): AskHold => ({
    holdId: `ta-${++containers}`,
    workspaceId,
    environment,
    ceiling: CORE,
    fromMs: NOW,
    untilMs: NOW + seconds * 1_000,
  });
  const ask = async (...holds: AskHold[]): Promise<string[]> =>
    (await holdSpend(store.pool, holds, () => NOW)).map(({ verdict }) => verdict);
  const budget = (workspaceId: string, limitUsd: string, environment?: string) =>
    setWorkspaceBudget(
      store.pool,
      {
        workspaceId,
        kind: 'hard',
        limitUsd,
        setBy: 'ada',
        ...(environment === undefined ? {} : { environment }),
      },
      NOW,
    );

  test('below what is spent is refused, and what was there stays', async () => {
    const workspaceId = newWorkspace();
    await use(ran(workspaceId, 1_000));
    expect(await codeOf(budget(workspaceId, '0.0130'))).toBe('budget-below-spend');
    expect(await codeOf(budget(workspaceId, 'much'))).toBe('amount-malformed');
    expect(await listBudgets(store.pool, workspaceId, NOW)).toEqual([]);
  });

  test('holds are given as far as it goes; what usage books is given back', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const first = hold(workspaceId, 200);
    expect(await ask(first, hold(workspaceId, 100), hold(workspaceId, 200))).toEqual([
      'held',
      'waiting',
      'waiting',
    ]);
    expect(await ask(first)).toEqual(['held']);
    expect(await listBudgets(store.pool, workspaceId, NOW)).toMatchObject([
      { heldUsd: '0.007860', spentUsd: '0.000000' },
    ]);
    await use(ran(workspaceId, 10, { containerId: first.holdId }));
    expect(await listBudgets(store.pool, workspaceId, NOW)).toMatchObject([
      { heldUsd: '0.000000', spentUsd: '0.000131' },
    ]);
    expect(await ask(hold(workspaceId, 200))).toEqual(['held']);
    const [refused] = await holdSpend(store.pool, [hold(workspaceId, 300)], () => NOW);
    expect(refused).toMatchObject({
      verdict: 'refused',
      message: expect.stringContaining(
        'The budget of the workspace is 0.01 USD this month: 0.000131 USD is spent',
      ),
    });
  });

  test('is of one environment, or of all; both must hold', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    await budget(workspaceId, '0.001', 'dev');
    expect(await listSpendCaps(store.pool)).toEqual(
      expect.arrayContaining([{ workspaceId }, { workspaceId, environment: 'dev' }]),
    );
    expect(await ask(hold(workspaceId, 100, 'dev'), hold(workspaceId, 100))).toEqual(['refused', 'held']);
    const [of] = await listBudgets(store.pool, workspaceId, NOW);
    await deleteBudget(store.pool, { workspaceId, budgetId: of!.budgetId });
    expect(await ask(hold(workspaceId, 10_000))).toEqual(['held']);
  });

  test('what a container that is gone held comes back after a while, though no usage came', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const lost = hold(workspaceId, 200);
    await ask(lost);
    await endHolds(store.pool, [lost.holdId], NOW - 120_001);
    expect(await ask(hold(workspaceId, 200))).toEqual(['held']);
  });

  test('two that ask at once do not both get the last of it', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const verdicts = await Promise.all(Array.from({ length: 6 }, () => ask(hold(workspaceId, 200))));
    expect(verdicts.flat().filter((verdict) => verdict === 'held')).toHaveLength(1);
  });

  test('who pays ahead cannot use more than is there', async () => {
    const workspaceId = newWorkspace();
    await setAccount(store.pool, { workspaceId, terms: 'prepaid', monthlyCreditUsd: '0' }, NOW);
    await store.pool.query({
      text: 'delete from billing.grants where workspace_id = $1',
      values: [workspaceId],
    });
    expect(await ask(hold(workspaceId, 1))).toEqual(['refused']);
    await recordPayment(
      store.pool,
      { workspaceId, entryId: `t-${workspaceId}`, what: 'paid-ahead', amountUsd: '0.01', memo: '' },
      NOW,
    );
    expect(await ask(hold(workspaceId, 200), hold(workspaceId, 100))).toEqual(['held', 'waiting']);
  });
});

test('a budget’s thresholds are told once each, by a webhook that is signed', async () => {
  const workspaceId = newWorkspace();
  const came: { headers: Record<string, unknown>; body: string }[] = [];
  let status = 500;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      came.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const webhookUrl = `http://127.0.0.1:${port}/billing`;
  const { webhookSecret } = await setWorkspaceBudget(
    store.pool,
    { workspaceId, kind: 'soft', limitUsd: '0.01', webhookUrl, setBy: 'ada' },
    NOW,
  );
  await use(ran(workspaceId, 700));
  expect(await tellThresholds(store.pool, NOW)).toBe(1);
  expect(await tellThresholds(store.pool, NOW)).toBe(0);
  const send = (at: number) =>
    sendNotices(
      store.pool,
      async (host) => host,
      () => at,
    );
  await send(NOW);
  expect(await listNotices(store.pool, { workspaceId, limit: 5 })).toMatchObject([
    { lastError: expect.stringContaining('500') },
  ]);
  status = 204;
  await send(NOW);
  expect(came).toHaveLength(1);
  await send(NOW + 60_000);
  expect(came).toHaveLength(2);
  const { headers, body } = came[1]!;
  const signed = createHmac('sha256', Buffer.from(webhookSecret!.slice('whsec_'.length), 'base64'))
    .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
    .digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signed}`);
  expect(JSON.parse(body)).toMatchObject({
    type: 'slipway.billing.budget-threshold-reached',
    data: { percent: 80, spentUsd: '0.009170', limitUsd: '0.010000' },
  });
  expect(came[0]!.headers['webhook-id']).toBe(headers['webhook-id']);
  expect(await codeOf(publicAddress('127.0.0.1'))).toBe('webhook-inside');
  expect(await codeOf(publicAddress('localhost'))).toBe('webhook-inside');
  await new Promise((resolve) => server.close(resolve));
});

test('a rate card for later leaves the past as it was; what is wrong with one is refused and nothing is kept', async () => {
  const workspaceId = newWorkspace();
  const card = { cardId: 'dear', currency: 'USD', effectiveFromMs: NOW + 1_000, rates: { cpu: '1' } };
  expect(await codeOf(publishCard(store.pool, { ...card, currency: 'EUR' }, NOW))).toBe('currency-unknown');
  expect(await codeOf(publishCard(store.pool, { ...card, effectiveFromMs: NOW }, NOW))).toBe(
    'card-in-the-past',
  );
  expect(await codeOf(publishCard(store.pool, { ...card, cardId: 'first' }, NOW))).toBe('card-exists');
  await publishCard(store.pool, { ...card, effectiveToMs: NOW + 2_000 }, NOW);
  const overlapping = { ...card, cardId: 'more', effectiveFromMs: NOW + 1_500 };
  expect(await codeOf(publishCard(store.pool, overlapping, NOW))).toBe('cards-overlap');
  await publishCard(
    store.pool,
    { ...card, cardId: 'after', effectiveFromMs: NOW + 2_000, rates: { cpu: '0.0000131' } },
    NOW,
  );
  await use(
    ran(workspaceId, 1),
    ran(workspaceId, 1, { fromMs: NOW + 1_500 }),
    ran(workspaceId, 1, { fromMs: NOW + 2_500 }),
  );
  expect((await balance(workspaceId)).usageUsd).toBe('1.000026');
});
