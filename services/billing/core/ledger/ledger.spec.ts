import fc from 'fast-check';
import type { ContainerUsage, UsageFact, VolumeUsage } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { amountsOf, type Charge } from '../charges/charge.js';
import { chargeUsage, type TakenUsage } from '../charges/charge-usage.js';
import { monthlyGrant } from '../credits/grant.js';
import { useCredits, type OpenGrant } from '../credits/use-credits.js';
import { closeMonth, sumMonth } from '../invoices/close-month.js';
import { FIRST_RATE_CARD } from '../rates/first-rate-card.js';
import type { RateBook } from '../rates/rate-card.js';
import { readRateCard } from '../rates/read-rate-card.js';
import { monthStart } from '../months/month.js';
import { bookCorrection, bookExpiry, bookGrant, bookPayment } from './book-by-hand.js';
import { bookUsage } from './book-usage.js';
import { assertBalanced, sumOf, type LedgerEntry } from './entry.js';
import { trialBalance } from './trial-balance.js';

const first = readRateCard('first', { ...FIRST_RATE_CARD, regions: { eu: '7/6' } });
const BOOK: RateBook = { cards: isRefusal(first) ? [] : [first], discounts: [] };
const START = Date.parse('2026-11-01T00:00:00Z');
const NEVER_CLOSED = (): undefined => undefined;

const container = (change: Partial<ContainerUsage> = {}): ContainerUsage => ({
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
const history = fc.array(fc.oneof({ weight: 4, arbitrary: containerUsage }, volumeUsage), { maxLength: 60 });

type Books = { charges: Map<string, Charge>; entries: LedgerEntry[] };

/** Prices facts batch by batch, as a process does that may stop between any two. */
const priced = (facts: readonly TakenUsage[], batchSize: number): Books => {
  const books: Books = { charges: new Map(), entries: [] };
  for (let start = 0; start < facts.length; start += batchSize) {
    const { additions } = chargeUsage(BOOK, NEVER_CLOSED, facts.slice(start, start + batchSize));
    const booked = bookUsage(
      books.charges,
      additions,
      { chargeId: (key) => key, entryId: (workspaceId) => `${workspaceId}-${start}` },
      0,
    );
    booked.charges.forEach((charge) => books.charges.set(charge.chargeId, charge));
    books.entries.push(...booked.entries);
  }
  return books;
};

const taken = (facts: readonly UsageFact[]): TakenUsage[] =>
  facts.map((fact, index) => ({ position: BigInt(index + 1), fact }));
const billedOf = (charges: Iterable<Charge>): bigint =>
  [...charges].reduce(
    (sum, { subject, quantity }) => sum + amountsOf(subject.price, quantity).billedMicroUsd,
    0n,
  );

describe('the ledger', () => {
  test('ten seconds of a core and ten of a GiB are charged what the card says', () => {
    const { charges, entries } = priced(taken([container()]), 1);
    // 10 core-seconds of 13.1 micro-dollars; one GiB-second of 2.22.
    expect([...charges.values()].map((charge) => amountsOf(charge.subject.price, charge.quantity))).toEqual([
      { listMicroUsd: 131n, billedMicroUsd: 131n },
      { listMicroUsd: 2n, billedMicroUsd: 2n },
    ]);
    expect(entries).toMatchObject([{ workspaceId: 'ws-1', kind: 'usage-priced', usage: [1n] }]);
  });

  test('what it books is the same to the micro-dollar in whatever order and batches usage is priced', () => {
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.nat()),
        (facts, size, chance) => {
          const straight = priced(taken(facts), facts.length || 1);
          const draws = [...chance.take(facts.length)];
          const shuffled = taken(facts)
            .map((fact, index) => ({ fact, draw: draws[index] ?? 0 }))
            .toSorted((a, b) => a.draw - b.draw)
            .map(({ fact }) => fact);
          const other = priced(shuffled, size);
          const amounts = ({ charges }: Books) =>
            new Map([...charges.values()].map((c) => [c.chargeId, amountsOf(c.subject.price, c.quantity)]));
          expect(amounts(other)).toEqual(amounts(straight));
          const balances = trialBalance(other.entries).balances;
          for (const [account, amount] of trialBalance(straight.entries).balances)
            expect(balances.get(account) ?? 0n).toBe(amount);
        },
      ),
    );
  });

  test('every entry and all of them add up to zero, and what is unbilled is what was charged', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 20 }), (facts, size) => {
        const { charges, entries } = priced(taken(facts), size);
        for (const entry of entries) expect(sumOf(entry.postings)).toBe(0n);
        const { balances, sumMicroUsd } = trialBalance(entries);
        expect(sumMicroUsd).toBe(0n);
        const unbilled = [...balances].filter(([account]) => account.startsWith('unbilled:'));
        expect(unbilled.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(billedOf(charges.values()));
      }),
    );
  });

  test('every fact that cost something is named by exactly one entry', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 20 }), (facts, size) => {
        const named = priced(taken(facts), size).entries.flatMap(({ usage }) => usage);
        expect(new Set(named).size).toBe(named.length);
        const { additions } = chargeUsage(BOOK, NEVER_CLOSED, taken(facts));
        expect(new Set(named)).toEqual(new Set(additions.flatMap(({ positions }) => positions)));
      }),
    );
  });

  test('an entry that does not add up is never written', () => {
    const [entry] = priced(taken([container()]), 1).entries;
    expect(() => assertBalanced({ ...entry!, postings: [{ account: 'cash', amountMicroUsd: 1n }] })).toThrow(
      'not to zero',
    );
  });

  test('what has no price is charged nothing and is named', () => {
    const gpu = container({ gpus: [{ type: 'V100', count: 1, deviceNs: 5, simulated: false }] });
    expect(chargeUsage(BOOK, NEVER_CLOSED, taken([gpu])).unpriced).toMatchObject([
      { position: 1n, source: 'ta-1', sku: 'gpu-V100' },
    ]);
  });

  test('usage of a month that is closed is a correction on the invoice of the first open one', () => {
    const { additions } = chargeUsage(BOOK, () => '2026-12', taken([container()]));
    expect(additions.map(({ subject }) => [subject.hour, subject.billedIn])).toEqual([
      [START, '2026-12'],
      [START, '2026-12'],
    ]);
  });
});

describe('the close of a month', () => {
  const account = { workspaceId: 'ws-1', name: 'Ada', terms: 'invoiced', monthlyCreditMicroUsd: 0n } as const;
  const grant = fc.record({
    amount: fc.bigInt({ min: 1n, max: 40_000n }),
    startDay: fc.nat({ max: 30 }),
    days: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  });

  test('leaves nothing unbilled: usage is credits, prepaid and due, and every line adds up', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(grant, { maxLength: 4 }),
        fc.bigInt({ min: 0n, max: 9_000n }),
        fc.bigInt({ min: -500n, max: 500n }),
        (facts, given, paidAhead, corrected) => {
          const { charges, entries } = priced(taken(facts), 7);
          const month = '2026-11';
          const inMonth = [...charges.values()].filter(
            ({ subject }) => subject.workspaceId === 'ws-1' && subject.billedIn === month,
          );
          const grants: OpenGrant[] = given.map(({ amount, startDay, days }, index) => ({
            grantId: `gr-${index}`,
            workspaceId: 'ws-1',
            amountMicroUsd: amount,
            leftMicroUsd: amount,
            startsAt: START + startDay * 86_400_000,
            ...(days === undefined ? {} : { expiresAt: START + (startDay + days) * 86_400_000 }),
            reason: 'given',
          }));
          const booking = { entryId: 'e', workspaceId: 'ws-1', at: START };
          const byHand = [
            ...grants.map((open) => bookGrant(booking, open)),
            bookPayment(booking, 'paid-ahead', paidAhead, 'top up'),
            bookCorrection(booking, { amountMicroUsd: corrected, reason: 'an outage' }),
          ].filter((entry) => !isRefusal(entry));
          const adjustments =
            corrected === 0n
              ? []
              : [{ entryId: 'e', at: START, reason: 'an outage', amountMicroUsd: corrected }];
          const { invoice, entries: closing } = closeMonth(
            { account, month, charges: inMonth, adjustments, grants, prepaidLeftMicroUsd: paidAhead },
            { number: 42, at: START, entryId: (part) => part },
          );
          expect(invoice.invoiceNumber).toBe('INV-000042');
          expect(invoice.usageMicroUsd).toBe(billedOf(inMonth));
          const lines = invoice.lines.reduce((sum, { billedMicroUsd }) => sum + billedMicroUsd, 0n);
          expect(lines).toBe(invoice.usageMicroUsd);
          expect(invoice.creditedMicroUsd + invoice.prepaidMicroUsd + invoice.dueMicroUsd).toBe(
            invoice.usageMicroUsd + invoice.adjustedMicroUsd,
          );
          const { balances, sumMicroUsd } = trialBalance([...entries, ...byHand, ...closing]);
          expect(sumMicroUsd).toBe(0n);
          const later = billedOf(
            [...charges.values()].filter(
              ({ subject }) => subject.workspaceId === 'ws-1' && subject.billedIn !== month,
            ),
          );
          expect(balances.get('unbilled:ws-1') ?? 0n).toBe(later);
          expect(balances.get('prepaid:ws-1') ?? 0n).toBeLessThanOrEqual(0n);
          expect(balances.get('credits:ws-1') ?? 0n).toBeLessThanOrEqual(0n);
        },
      ),
    );
  });

  test('the free credit of a month pays for that month alone, and what is left of it lapses', () => {
    const free = monthlyGrant('ws-1', '2026-11', 30_000_000n);
    const hours = [
      { hour: START, amountMicroUsd: 10_000_000n },
      { hour: monthStart('2026-12'), amountMicroUsd: 5_000_000n },
    ];
    expect(useCredits(hours, [{ ...free, leftMicroUsd: 30_000_000n }])).toMatchObject([
      { usedMicroUsd: 10_000_000n },
    ]);
    expect(bookExpiry({ entryId: 'e', at: 0 }, free, 20_000_000n).postings).toEqual([
      { account: 'credits:ws-1', amountMicroUsd: 20_000_000n },
      { account: 'promotions', amountMicroUsd: -20_000_000n },
    ]);
  });

  test('the oldest grant is used first, and one that has ended is not used for what came later', () => {
    const grants: OpenGrant[] = [
      { grantId: 'new', startsAt: 5 },
      { grantId: 'old', startsAt: 0, expiresAt: 20 },
    ].map((given) => ({
      ...given,
      workspaceId: 'ws-1',
      amountMicroUsd: 100n,
      leftMicroUsd: 100n,
      reason: 'given',
    }));
    const used = useCredits(
      [
        { hour: 10, amountMicroUsd: 60n },
        { hour: 20, amountMicroUsd: 60n },
      ],
      grants,
    );
    expect(used.map(({ grant: { grantId }, usedMicroUsd }) => [grantId, usedMicroUsd])).toEqual([
      ['old', 60n],
      ['new', 60n],
    ]);
  });

  test('what was given back is owed to the workspace, and no credit is used for it', () => {
    const adjustments = [{ entryId: 'e', at: START, reason: 'an outage', amountMicroUsd: -5n }];
    const free = { ...monthlyGrant('ws-1', '2026-11', 10n), leftMicroUsd: 10n };
    expect(
      sumMonth({ month: '2026-11', charges: [], adjustments, grants: [free], prepaidLeftMicroUsd: 0n }),
    ).toMatchObject({ creditedMicroUsd: 0n, dueMicroUsd: -5n });
  });
});
