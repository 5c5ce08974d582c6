import type { AskCosts, CostPage, CostRow } from '@slipway/contracts';
import {
  balance,
  codeOf,
  DECEMBER,
  newWorkspace,
  NOW,
  ran,
  store,
  use,
  useBillingStore,
} from '../billing-scene.testing.js';
import { closeMonths } from '../invoices/close-months.js';
import { listCosts, type CostPageLimits } from './list-costs.js';

const HOUR_MS = 3_600_000;
const ROOMY: CostPageLimits = { bytes: 1e6, bytesOfOneStep: 1e6, charges: 1_000 };

useBillingStore();

/** Three hours in which three apps each used something. */
const useThreeHours = async (): Promise<AskCosts> => {
  const workspaceId = newWorkspace();
  const hours = [NOW - 2 * HOUR_MS, NOW - HOUR_MS, NOW];
  await use(
    ...hours.flatMap((fromMs) =>
      ['ap-1', 'ap-2', 'ap-3'].map((appId) => ran(workspaceId, 10, { fromMs, appId })),
    ),
  );
  return { workspaceId, fromMs: NOW - 24 * HOUR_MS, toMs: NOW + HOUR_MS / 2, resolution: 'hour', per: 'app' };
};

const pagesOf = async (ask: AskCosts, limits: CostPageLimits): Promise<readonly (readonly CostRow[])[]> => {
  const pages: (readonly CostRow[])[] = [];
  for (let fromMs: number | undefined = ask.fromMs; fromMs !== undefined;) {
    const { rows, nextFromMs }: CostPage = await listCosts(
      store.pool,
      { ...ask, fromMs, isPaged: true },
      limits,
    );
    pages.push(rows);
    fromMs = nextFromMs;
  }
  return pages;
};

test('what one answer does not hold follows with the next, each hour whole', async () => {
  const ask = await useThreeHours();
  const { rows } = await listCosts(store.pool, ask);
  expect(rows).toHaveLength(9);
  const bytesOfHour = JSON.stringify(rows.slice(0, 3)).length;
  for (const [limits, sizes] of [
    [{ ...ROOMY, bytes: bytesOfHour * 2.5 }, [6, 3]],
    [{ ...ROOMY, bytes: bytesOfHour * 0.5 }, [3, 3, 3]],
    [{ ...ROOMY, charges: 1 }, [3, 3, 3]],
    [{ ...ROOMY, charges: 4 }, [6, 3]],
  ] as const) {
    const pages = await pagesOf(ask, limits);
    expect(pages.map(({ length }) => length)).toEqual(sizes);
    expect(pages.flat()).toEqual(rows);
  }
  const small = { ...ROOMY, bytes: bytesOfHour * 2.5, charges: 1 };
  expect(await codeOf(listCosts(store.pool, ask, small))).toBe('too-many-rows');
});

test('a step of time that no answer holds is refused with a way out, before all of it is in memory', async () => {
  const ask = await useThreeHours();
  for (const bytesOfOneStep of [500, 200]) {
    const limits = { ...ROOMY, bytesOfOneStep };
    await expect(listCosts(store.pool, ask, limits)).rejects.toThrow(
      'The hour from 2026-11-21T10:00:00.000Z has more rows of one app each than an answer holds: ask for less time at once or for some environments or apps, or export it.',
    );
    expect(await codeOf(listCosts(store.pool, { ...ask, resolution: 'all' }, limits))).toBe('too-many-rows');
  }
  expect(
    (await listCosts(store.pool, { ...ask, per: 'workspace' }, { ...ROOMY, bytesOfOneStep: 300 })).rows,
  ).toHaveLength(3);
});

test('what is billed in a month adds up to the sum of that month, usage that came late with it', async () => {
  const workspaceId = newWorkspace();
  await use(ran(workspaceId, 1_000));
  await closeMonths(store.pool, '2026-11', DECEMBER);
  await use(ran(workspaceId, 100, { functionTag: 'late' }));
  for (const month of ['2026-11', '2026-12']) {
    const { usageUsd } = await balance(workspaceId, DECEMBER, month);
    const fromMs = Date.parse(`${month}-01T00:00:00Z`);
    const ask: AskCosts = { workspaceId, fromMs, toMs: fromMs, resolution: 'all', per: 'workspace' };
    const { rows } = await listCosts(store.pool, { ...ask, billedIn: month });
    expect(rows.map(({ billedUsd }) => billedUsd)).toEqual([usageUsd]);
    expect(Number(usageUsd)).toBeGreaterThan(0);
  }
});
