import {
  newContainerId,
  newWorkspace,
  NOW,
  ran,
  store,
  use,
  useBillingStore,
} from '../billing-scene.testing.js';
import { chargedHours, eachChargeOfMonth } from './month-rows.js';

const HOUR_MS = 3_600_000;
const HOUR = Math.floor(NOW / HOUR_MS) * HOUR_MS;

useBillingStore();

test('what an hour came to is the sum of its charges, however often these grew', async () => {
  const workspaceId = newWorkspace();
  const containerId = newContainerId();
  const { end: _, ...going } = ran(workspaceId, 7, { containerId });
  await use(going);
  await use(ran(workspaceId, 6, { containerId, sequence: 1, fromMs: NOW + 7_000 }));
  await use(ran(workspaceId, 11, { environment: 'dev' }), ran(workspaceId, 3, { fromMs: NOW - HOUR_MS }));
  const { rows } = await store.pool.query<{ hour: string; billed: string }>({
    text: `select hour, sum(billed)::bigint as billed from billing.charges where workspace_id = $1 group by hour order by hour`,
    values: [workspaceId],
  });
  const charged = rows.map(({ hour, billed }) => ({ hour: Number(hour), amountMicroUsd: BigInt(billed) }));
  expect(charged.map(({ hour }) => hour)).toEqual([HOUR - HOUR_MS, HOUR]);
  expect(await chargedHours(store.pool, { workspaceId, month: '2026-11' })).toEqual(charged);
});

test('the charges of a month are read page by page, each once, in the order of their hours', async () => {
  const workspaceId = newWorkspace();
  await use(
    ...[0, 1, 2, 3, 4].map((n) => ran(workspaceId, 1, { functionId: `fu-${n}` })),
    ran(workspaceId, 1, { fromMs: NOW - HOUR_MS }),
    ran(newWorkspace(), 1),
  );
  const read = async (page: number): Promise<readonly string[]> => {
    const hours: string[] = [];
    for await (const { chargeId, subject } of eachChargeOfMonth(
      store.pool,
      { workspaceId, month: '2026-11' },
      page,
    ))
      hours.push(`${subject.hour} ${chargeId}`);
    return hours;
  };
  const all = await read(100);
  expect(all).toHaveLength(6);
  expect(all).toEqual(all.toSorted());
  expect(await read(2)).toEqual(all);
});
