import type { AskHold } from '@slipway/contracts';
import { deleteBudget, listBudgets, setWorkspaceBudget } from '../budgets/budgets.js';
import { holdSpend, listSpendCaps } from './hold-spend.js';
import { recordPayment, setAccount } from '../ledger/book.js';
import { endHolds, forgetHolds, listHolds } from '../store/hold-rows.js';
import { checkUsage } from '../metering/check-usage.js';
import { takeUsage } from '../metering/take-usage.js';
import { priceUsage } from '../processes/price-usage/price-usage.js';
import {
  NOW,
  codeOf,
  newContainerId,
  newWorkspace,
  ran,
  store,
  use,
  useBillingStore,
} from '../billing-scene.testing.js';

const HOUR_MS = 3_600_000;

useBillingStore();

describe('a hard budget', () => {
  const CORE = { milliCpu: 1_000, memoryMiB: 0, diskMiB: 0, gpus: [] };
  /** Three times the listed rate, for it might be left alone: 39.3 micro-dollars a second. */
  const hold = (workspaceId: string, seconds: number, environment = 'main'): AskHold => ({
    holdId: newContainerId(),
    workspaceId,
    environment,
    ceiling: CORE,
    fromMs: NOW,
    untilMs: NOW + seconds * 1_000,
  });
  const ask = async (...holds: AskHold[]): Promise<string[]> =>
    (await holdSpend(store.pool, { shard: 'all', holds }, () => NOW)).map(({ verdict }) => verdict);
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
    const [refused] = await holdSpend(
      store.pool,
      { shard: 'all', holds: [hold(workspaceId, 300)] },
      () => NOW,
    );
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
    await endHolds(store.pool, [lost.holdId], NOW);
    await forgetHolds(store.pool, NOW - 1);
    expect(await ask(hold(workspaceId, 200))).toEqual(['waiting']);
    await forgetHolds(store.pool, NOW);
    expect(await ask(hold(workspaceId, 200))).toEqual(['held']);
  });

  test('what a container held is not given back by time alone: its usage may lie with its worker', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const held = hold(workspaceId, 200);
    await ask(held);
    const later = NOW + 3 * HOUR_MS;
    const another = { ...hold(workspaceId, 200), fromMs: later, untilMs: later + 200_000 };
    const askLater = async (): Promise<string[]> =>
      (await holdSpend(store.pool, { shard: 'all', holds: [another] }, () => later)).map(
        ({ verdict }) => verdict,
      );
    expect(await askLater()).toEqual(['waiting']);
    await use(ran(workspaceId, 100, { containerId: held.holdId }));
    expect(await askLater()).toEqual(['held']);
  });

  test('of which usage has just come, or waits to be booked, is held on', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const held = hold(workspaceId, 200);
    await ask(held);
    const { end: _, ...first } = ran(workspaceId, 10, { containerId: held.holdId });
    const cameAt = NOW + HOUR_MS;
    expect(await takeUsage(store.pool, checkUsage([first]), () => cameAt)).toEqual([]);
    await forgetHolds(store.pool, cameAt + HOUR_MS);
    expect(await ask(hold(workspaceId, 200))).toEqual(['waiting']);
    while ((await priceUsage(store.pool, () => cameAt)) > 0);
    await forgetHolds(store.pool, cameAt - 1);
    expect(await ask(hold(workspaceId, 200))).toEqual(['waiting']);
    await forgetHolds(store.pool, cameAt);
    expect(await ask(hold(workspaceId, 200))).toEqual(['held']);
  });

  test('what is settled leaves the table once its container is over for long enough', async () => {
    const workspaceId = newWorkspace();
    const held = hold(workspaceId, 10);
    await ask(held);
    await endHolds(store.pool, [held.holdId], NOW);
    await use(ran(workspaceId, 10, { containerId: held.holdId }));
    const kept = async (): Promise<number> => {
      const text = 'select from billing.holds where workspace_id = $1';
      return (await store.pool.query({ text, values: [workspaceId] })).rows.length;
    };
    await forgetHolds(store.pool, NOW);
    expect(await kept()).toBe(1);
    await forgetHolds(store.pool, NOW + HOUR_MS);
    expect(await kept()).toBe(0);
  });

  test('a shard is told which holds it has left, without those that are gone or settled', async () => {
    const workspaceId = newWorkspace();
    await budget(workspaceId, '0.01');
    const [left, gone, settled, others] = ['left', 'gone', 'settled', 'others'].map((name) => ({
      ...hold(workspaceId, 10),
      holdId: `ta-${name}`,
    }));
    await holdSpend(store.pool, { shard: 'mine', holds: [settled!, left!, gone!] }, () => NOW);
    await holdSpend(store.pool, { shard: 'other', holds: [others!] }, () => NOW);
    const listed = (after?: string) =>
      listHolds(store.pool, { shard: 'mine', limit: 2, ...(after === undefined ? {} : { after }) });
    expect(await listed()).toEqual(['ta-gone', 'ta-left']);
    expect(await listed('ta-left')).toEqual(['ta-settled']);
    await endHolds(store.pool, ['ta-gone'], NOW);
    await use(ran(workspaceId, 10, { containerId: 'ta-settled' }));
    expect(await listed()).toEqual(['ta-left']);
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

  test('who pays ahead may use the credit of a new month though the last one has no invoice yet', async () => {
    const workspaceId = newWorkspace();
    await setAccount(store.pool, { workspaceId, terms: 'prepaid', monthlyCreditUsd: '0.01' }, NOW);
    await store.pool.query({
      text: `update billing.grants set amount = 10000, left_over = 10000 where workspace_id = $1`,
      values: [workspaceId],
    });
    await use(ran(workspaceId, 700));
    expect(await ask(hold(workspaceId, 100))).toEqual(['refused']);
    const inNewMonth = Date.parse('2026-12-01T00:00:00Z');
    const next = { ...hold(workspaceId, 200), fromMs: inNewMonth, untilMs: inNewMonth + 200_000 };
    const verdicts = await holdSpend(store.pool, { shard: 'all', holds: [next] }, () => inNewMonth);
    expect(verdicts).toMatchObject([{ verdict: 'held' }]);
  });
});
