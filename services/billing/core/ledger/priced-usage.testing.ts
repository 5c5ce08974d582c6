import fc from 'fast-check';
import type { ContainerUsage, UsageFact, VolumeUsage } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { amountsOf, type Charge } from '../charges/charge.js';
import { chargeUsage, type TakenUsage } from '../charges/charge-usage.js';
import { ChargedMonth } from '../invoices/charged-month.js';
import { FIRST_RATE_CARD } from '../rates/first-rate-card.js';
import type { RateBook } from '../rates/rate-card.js';
import { readRateCard } from '../rates/read-rate-card.js';
import { bookUsage } from './book-usage.js';
import type { LedgerEntry } from './entry.js';

const first = readRateCard('first', { ...FIRST_RATE_CARD, regions: { eu: '7/6' } });
export const BOOK: RateBook = { cards: isRefusal(first) ? [] : [first], discounts: [] };
export const START = Date.parse('2026-11-01T00:00:00Z');
export const NEVER_CLOSED = (): undefined => undefined;

export const container = (change: Partial<ContainerUsage> = {}): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId: 'ws-1',
  environment: 'main',
  fromMs: START,
  durationNs: 10_000_000_000,
  containerId: 'ta-1',
  workerId: 'wo-1',
  appId: 'ap-1',
  appName: 'shop',
  functionId: 'fu-1',
  functionTag: 'render',
  purpose: 'serve',
  tags: {},
  preemptible: true,
  phases: { startingNs: 0, busyNs: 10_000_000_000, idleNs: 0, stoppingNs: 0 },
  calls: [],
  cpu: { usedNs: 1_000_000_000, reservedNs: 10_000_000_000 },
  memory: { usedByteSeconds: 0, reservedByteSeconds: 1 << 30, billableByteSeconds: 1 << 30 },
  disk: { usedByteSeconds: 5, reservedByteSeconds: 0, billableByteSeconds: 5 },
  gpus: [],
  egressBytes: 0,
  ...change,
});

const containerUsage: fc.Arbitrary<UsageFact> = fc
  .record({
    workspaceId: fc.constantFrom('ws-1', 'ws-2', 'ws-3'),
    functionId: fc.constantFrom('fu-1', 'fu-2'),
    region: fc.constantFrom('eu', 'us'),
    preemptible: fc.boolean(),
    hour: fc.nat({ max: 40 * 24 }),
    usedNs: fc.nat({ max: 30_000_000_000 }),
    byteSeconds: fc.nat({ max: 2 ** 40 }),
    gpuNs: fc.nat({ max: 10_000_000_000 }),
  })
  .map(({ hour, usedNs, byteSeconds, gpuNs, ...rest }) =>
    container({
      ...rest,
      fromMs: START + hour * 3_600_000,
      cpu: { usedNs, reservedNs: 1_250_000_000 },
      memory: { usedByteSeconds: 0, reservedByteSeconds: byteSeconds, billableByteSeconds: byteSeconds },
      gpus: [{ type: 'H100', count: 1, deviceNs: gpuNs, simulated: true }],
    }),
  );
const volumeUsage: fc.Arbitrary<UsageFact> = fc
  .record({ volumeId: fc.constantFrom('vo-1', 'vo-2'), storedBytes: fc.nat(), hour: fc.nat({ max: 800 }) })
  .map(({ hour, ...rest }): VolumeUsage => ({
    kind: 'volume',
    sequence: hour,
    workspaceId: 'ws-1',
    environment: 'main',
    fromMs: START + hour * 3_600_000,
    durationNs: 3_600_000_000_000,
    ...rest,
  }));
/** Usage of some workspaces over some weeks. */
export const history = fc.array(fc.oneof({ weight: 4, arbitrary: containerUsage }, volumeUsage), {
  maxLength: 60,
});

export type Books = { charges: Map<string, Charge>; entries: LedgerEntry[] };

/** Prices facts batch by batch, as a process does that may stop between any two. */
export const priced = (facts: readonly TakenUsage[], batchSize: number): Books => {
  const books: Books = { charges: new Map(), entries: [] };
  for (let start = 0; start < facts.length; start += batchSize) {
    const { additions } = chargeUsage(BOOK, NEVER_CLOSED, facts.slice(start, start + batchSize));
    const known = new Map([...books.charges].map(([chargeId, { quantity }]) => [chargeId, quantity]));
    const booked = bookUsage(
      known,
      additions,
      { chargeId: (key) => key, entryId: (workspaceId) => `${workspaceId}-${start}` },
      0,
    );
    booked.charges.forEach((charge) => books.charges.set(charge.chargeId, charge));
    books.entries.push(...booked.entries);
  }
  return books;
};

export const taken = (facts: readonly UsageFact[]): TakenUsage[] =>
  facts.map((fact, index) => ({ position: BigInt(index + 1), fact }));
export const billedOf = (charges: Iterable<Charge>): bigint =>
  [...charges].reduce(
    (sum, { subject, quantity }) => sum + amountsOf(subject.price, quantity).billedMicroUsd,
    0n,
  );
export const chargedBy = (charges: Iterable<Charge>): ChargedMonth => {
  const charged = new ChargedMonth();
  for (const charge of charges) charged.add(charge);
  return charged;
};
