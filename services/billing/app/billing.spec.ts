import { listCosts } from './costs/list-costs.js';
import { callCost } from './explain/call-cost.js';
import { functionHistory } from './explain/function-history.js';
import { quote } from './explain/quote.js';
import { giveCredit } from './ledger/book.js';
import { listEntries } from './ledger/list-entries.js';
import { listUnpricedUsage } from './ledger/list-unpriced-usage.js';
import { readTrialBalance } from './ledger/read-trial-balance.js';
import { giveWorkspaceDiscount, publishCard } from './rates/rate-cards.js';
import {
  NOW,
  SECOND_NS,
  balance,
  codeOf,
  newWorkspace,
  ran,
  store,
  use,
  useBillingStore,
} from './billing-scene.testing.js';

useBillingStore();

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
  const { rows: byApp } = await listCosts(store.pool, { ...of, resolution: 'day', per: 'app' });
  expect(byApp.map(({ name, environment, billedUsd, tags }) => [name, environment, billedUsd, tags])).toEqual(
    [
      ['lab', 'dev', '0.000131', { team: 'web' }],
      ['shop', 'main', '0.000262', { team: 'web' }],
    ],
  );
  const { rows: byHour } = await listCosts(store.pool, {
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

test('a call of more usage than is read at a time costs the same; one far above the usual is no part of a history', async () => {
  const workspaceId = newWorkspace();
  const fact = (callId: string) =>
    ran(workspaceId, 7, { calls: [{ callId, inputs: 1, heldNs: 7 * SECOND_NS }] });
  await use(...['fc-large', 'fc-large', 'fc-large', 'fc-large', 'fc-small'].map(fact));
  const large = { workspaceId, callId: 'fc-large' };
  const cost = await callCost(store.pool, large);
  expect(cost).toMatchObject({ tasks: 4, final: true });
  for (const page of [1, 2, 3, 4, 5]) expect(await callCost(store.pool, large, page)).toEqual(cost);
  const of = { workspaceId, functionId: 'fu-1' };
  expect(await functionHistory(store.pool, of)).toMatchObject({ inputs: 2 });
  expect(await functionHistory(store.pool, of, 3)).toMatchObject({ inputs: 1, meanSeconds: '7.000000000' });
  expect(await functionHistory(store.pool, of, 0)).toEqual({ inputs: 0 });
});

test('a grant is given once; one of the same id that says something else is refused', async () => {
  const workspaceId = newWorkspace();
  const spring = { workspaceId, grantId: `spring-${workspaceId}`, amountUsd: '50', reason: 'Spring' };
  const asked = { ...spring, expiresAtMs: NOW + 10_000 };
  const given = await giveCredit(store.pool, asked, NOW);
  expect(await giveCredit(store.pool, asked, NOW + 1)).toEqual(given);
  expect(await giveCredit(store.pool, { ...asked, startsAtMs: NOW }, NOW + 1)).toEqual(given);
  for (const change of [
    { expiresAtMs: NOW + 20_000 },
    { expiresAtMs: undefined },
    { reason: 'Summer' },
    { amountUsd: '51' },
    { startsAtMs: NOW + 1 },
    { workspaceId: newWorkspace() },
  ]) {
    const { expiresAtMs, ...other } = { ...asked, ...change };
    const again = { ...other, ...(expiresAtMs !== undefined && { expiresAtMs }) };
    expect(await codeOf(giveCredit(store.pool, again, NOW + 1))).toBe('grant-exists');
  }
});

test('a discount is for its workspace, from now on', async () => {
  const workspaceId = newWorkspace();
  const discount = { discountId: 'half', workspaceId, share: '1/2', fromMs: NOW + 10_000 };
  await giveWorkspaceDiscount(store.pool, discount, NOW);
  expect(await codeOf(giveWorkspaceDiscount(store.pool, { ...discount, discountId: 'x' }, NOW))).toBe(
    'discounts-overlap',
  );
  await use(ran(workspaceId, 100, { fromMs: NOW + 20_000 }));
  const {
    rows: [row],
  } = await listCosts(store.pool, {
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
