import type { ContainerUsage } from '@slipway/contracts';
import { closeMonths } from '../../invoices/close-months.js';
import { correctCharge, setAccount } from '../../ledger/book.js';
import { checkUsage } from '../../metering/check-usage.js';
import { takeUsage } from '../../metering/take-usage.js';
import { priceUsage } from '../../processes/price-usage/price-usage.js';
import { giveWorkspaceDiscount } from '../../rates/rate-cards.js';
import type { BillingStore } from '../../store/open-store.js';

export const NOVEMBER = Date.parse('2026-11-01T00:00:00Z');
export const DECEMBER = Date.parse('2026-12-01T00:00:00Z');
export const JANUARY = Date.parse('2027-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const SECOND_NS = 1_000_000_000;
export const WORKSPACES = ['ws-1', 'ws-2', 'ws-3'];

let containers = 0;

const ran = (
  workspaceId: string,
  atHour: number,
  seconds: number,
  team: string,
  fn: number,
): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId,
  environment: fn === 1 ? 'main' : 'dev',
  fromMs: NOVEMBER + atHour * HOUR_MS,
  durationNs: seconds * SECOND_NS,
  containerId: `ta-${++containers}`,
  end: 'idle',
  workerId: 'wo-1',
  appId: 'ap-1',
  appName: 'shop',
  functionId: `fu-${fn}`,
  functionTag: `render${fn}`,
  purpose: 'serve',
  tags: { team },
  preemptible: true,
  phases: { startingNs: 0, busyNs: seconds * SECOND_NS, idleNs: 0, stoppingNs: 0 },
  calls: [],
  cpu: { usedNs: 0, reservedNs: seconds * SECOND_NS },
  memory: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: seconds * 333_333_333 },
  disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  gpus: [{ type: 'H100', count: 1, deviceNs: seconds * SECOND_NS, simulated: false }],
  egressBytes: seconds,
});

const use = async ({ pool }: BillingStore, facts: readonly ContainerUsage[]): Promise<void> => {
  expect(await takeUsage(pool, checkUsage(facts), () => JANUARY + HOUR_MS)).toEqual([]);
  while ((await priceUsage(pool, () => JANUARY)) > 0);
};

/** Two months of three workspaces, both closed: with credits, a discount, use that came late, and a charge put right by hand. */
export const billTwoMonths = async (store: BillingStore): Promise<void> => {
  for (const workspaceId of WORKSPACES)
    await setAccount(
      store.pool,
      { workspaceId, name: `Name of ${workspaceId}`, monthlyCreditUsd: '0.05' },
      NOVEMBER,
    );
  await giveWorkspaceDiscount(
    store.pool,
    { discountId: 'third', workspaceId: 'ws-2', share: '2/3', fromMs: NOVEMBER },
    NOVEMBER - 1,
  );
  const facts = WORKSPACES.flatMap((workspaceId, w) =>
    Array.from({ length: 200 }, (_, n) =>
      ran(workspaceId, (n * 7) % 700, 10 + ((n * 13 + w) % 97), ['web', 'data'][n % 2] ?? '', 1 + (n % 3)),
    ),
  );
  await use(store, facts);
  await closeMonths(store.pool, '2026-11', DECEMBER + 48 * HOUR_MS);
  // Late, and so on the next invoice; as is what is put right by hand.
  await use(store, [ran('ws-1', 30, 1_000, 'web', 1), ran('ws-1', 750, 500, 'web', 1)]);
  const { rows } = await store.pool.query<{ charge_id: string }>({
    text: `select charge_id from billing.charges where workspace_id = 'ws-1' and billed_in = '2026-11' limit 1`,
  });
  await correctCharge(
    store.pool,
    {
      workspaceId: 'ws-1',
      entryId: 'co-1',
      amountUsd: '-0.000777',
      reason: 'an outage',
      chargeId: rows[0]?.charge_id ?? '',
    },
    DECEMBER + 5 * HOUR_MS,
  );
  await closeMonths(store.pool, '2026-12', JANUARY + 48 * HOUR_MS);
};
