import fc from 'fast-check';
import { amountsOf } from '../charges/charge.js';
import { chargeUsage } from '../charges/charge-usage.js';
import { assertBalanced, sumOf } from './entry.js';
import {
  billedOf,
  BOOK,
  container,
  history,
  NEVER_CLOSED,
  priced,
  START,
  taken,
  type Books,
} from './priced-usage.testing.js';
import { trialBalance } from './trial-balance.js';

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
