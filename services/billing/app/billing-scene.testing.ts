import type { ContainerUsage, UsageFact } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import { overPostgres } from '../../../tools/testing/over-postgres.ts';
import { balanceView } from './balances/balance-view.js';
import { checkUsage } from './metering/check-usage.js';
import { takeUsage } from './metering/take-usage.js';
import { priceUsage } from './processes/price-usage/price-usage.js';
import { openStore, type BillingStore } from './store/open-store.js';

export const NOW = Date.parse('2026-11-21T12:30:00Z');
export const DECEMBER = Date.parse('2026-12-03T00:00:00Z');
export let store: BillingStore;
let workspaces = 0;
let containers = 0;

/** Opens a store of the file's own before its tests, and closes it after them. */
export const useBillingStore = (): void => {
  overPostgres(openStore, (opened) => (store = opened));
};

export const newWorkspace = (): string => `ws-${++workspaces}`;
export const newContainerId = (): string => `ta-${++containers}`;
export const SECOND_NS = 1_000_000_000;
const HOUR_MS = 3_600_000;

/** A container that held a core, and nothing else, for so many seconds: 13.1 micro-dollars each. */
export const ran = (
  workspaceId: string,
  seconds: number,
  change: Partial<ContainerUsage> = {},
): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId,
  environment: 'main',
  fromMs: NOW,
  durationNs: seconds * SECOND_NS,
  containerId: newContainerId(),
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
export const use = async (...facts: UsageFact[]): Promise<void> => {
  expect(await takeUsage(store.pool, checkUsage(facts), () => NOW + HOUR_MS)).toEqual([]);
  while ((await priceUsage(store.pool, () => NOW)) > 0);
};
export const balance = (workspaceId: string, at = NOW, month?: string) =>
  inTransaction(store.pool, (connection) =>
    balanceView(connection, { workspaceId, ...(month === undefined ? {} : { month }) }, at),
  );
export const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'not refused',
    (error: { refusal?: { code: string } }) => error.refusal?.code ?? String(error),
  );
