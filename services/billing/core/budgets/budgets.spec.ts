import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { FIRST_RATE_CARD } from '../rates/first-rate-card.js';
import { readRateCard } from '../rates/read-rate-card.js';
import { reachedThreshold, setBudget, type Budget } from './budget.js';
import { judgeHold } from './judge-hold.js';
import { mostPerSecond } from './most-per-second.js';

const budget = (change: Partial<Budget> = {}): Budget => ({
  budgetId: 'bu-1',
  workspaceId: 'ws-1',
  kind: 'hard',
  limitMicroUsd: 1_000_000n,
  ...change,
});

describe('a budget', () => {
  test('may be as much as is spent, and not less', () => {
    expect(setBudget(budget(), 1_000_000n)).toHaveLength(1);
    const refused = setBudget(budget(), 1_000_001n);
    expect(isRefusal(refused) && refused.message).toContain('1.00 USD, but 1.000001 USD');
  });

  test('one below zero or with a webhook that is no address is refused', () => {
    expect(setBudget(budget({ limitMicroUsd: -1n }), 0n)).toMatchObject({ code: 'budget-limit' });
    const webhook = { url: 'ftp://example.com', secret: 's' };
    expect(setBudget(budget({ webhook }), 0n)).toMatchObject({ code: 'webhook-malformed' });
  });

  test('the highest threshold that is reached counts', () => {
    expect([0n, 49n, 50n, 99n, 100n, 500n].map((spent) => reachedThreshold(100n, spent))).toEqual([
      undefined,
      undefined,
      50,
      80,
      100,
      100,
    ]);
  });
});

describe('a hold', () => {
  const cap = { name: 'the workspace', limitMicroUsd: 100n, spentMicroUsd: 60n, heldMicroUsd: 30n };

  test('is given where it fits, waits for others, and is refused with the figures where nothing helps', () => {
    expect(judgeHold(10n, [cap])).toEqual({ verdict: 'held' });
    expect(judgeHold(11n, [cap])).toMatchObject({ verdict: 'waiting' });
    const refused = judgeHold(41n, [cap]);
    expect(refused).toMatchObject({ verdict: 'refused' });
    expect('message' in refused && refused.message).toContain(
      '0.0001 USD this month: 0.00006 USD is spent, 0.00003 USD is held for containers that run, and one more may cost up to 0.000041 USD',
    );
  });

  test('must fit under every cap', () => {
    expect(judgeHold(10n, [cap, { ...cap, limitMicroUsd: 99n }])).toMatchObject({ verdict: 'waiting' });
    expect(judgeHold(1_000n, [])).toEqual({ verdict: 'held' });
  });

  test('whatever starts and ends when, spending never passes the cap', () => {
    const start = fc.record({ most: fc.bigInt({ min: 1n, max: 40n }), usedPercent: fc.nat({ max: 100 }) });
    fc.assert(
      fc.property(fc.array(start, { maxLength: 80 }), fc.infiniteStream(fc.boolean()), (starts, chance) => {
        let spent = 0n;
        const running: { most: bigint; cost: bigint }[] = [];
        for (const { most, usedPercent } of starts) {
          const held = running.reduce((sum, container) => sum + container.most, 0n);
          const { verdict } = judgeHold(most, [
            { name: 'it', limitMicroUsd: 100n, spentMicroUsd: spent, heldMicroUsd: held },
          ]);
          if (verdict === 'held') running.push({ most, cost: (most * BigInt(usedPercent)) / 100n });
          if (chance.next().value === true) spent += running.shift()?.cost ?? 0n;
          expect(spent + running.reduce((sum, { cost }) => sum + cost, 0n)).toBeLessThanOrEqual(100n);
        }
      }),
    );
  });
});

test('the most that a second can cost is that of the dearest region, left alone, rounded up', () => {
  const card = readRateCard('first', { ...FIRST_RATE_CARD, regions: { eu: '3/2', us: '1/2' } });
  const book = { cards: isRefusal(card) ? [] : [card], discounts: [] };
  const ceiling = { milliCpu: 1_000, memoryMiB: 1_024, diskMiB: 0, gpus: [] };
  // (13,100 + 2,220) nano-dollars, three times for being left alone, and half as much again.
  expect(mostPerSecond(book, 'ws-1', ceiling, 0)).toBe(68_940n);
  const gpus = [
    { type: 'T4', count: 1 },
    { type: 'H100', count: 1 },
  ];
  expect(mostPerSecond(book, 'ws-1', { ...ceiling, gpus }, 0)).toBe(68_940n + (1_097_000n * 9n) / 2n);
});

test('the most that a second can cost is at the dearest region of each card, and without a discount that ends', () => {
  const card = (cardId: string, effectiveFrom: number, regions: Record<string, string>) => {
    const read = readRateCard(cardId, { ...FIRST_RATE_CARD, regions });
    return isRefusal(read) ? [] : [{ ...read, effectiveFrom }];
  };
  const cards = [...card('now', 0, { eu: '3/2' }), ...card('later', 1_000, { us: '2/1' })];
  const ceiling = { milliCpu: 1_000, memoryMiB: 1_024, diskMiB: 0, gpus: [] };
  expect(mostPerSecond({ cards, discounts: [] }, 'ws-1', ceiling, 0)).toBe(91_920n);
  expect(mostPerSecond({ cards: cards.slice(0, 1), discounts: [] }, 'ws-1', ceiling, 0)).toBe(68_940n);
  const half = { discountId: 'half', workspaceId: 'ws-1', share: { numerator: 1n, denominator: 2n } };
  const discounts = [{ ...half, effectiveFrom: 0, effectiveTo: 500 }];
  expect(mostPerSecond({ cards: cards.slice(0, 1), discounts }, 'ws-1', ceiling, 0)).toBe(68_940n);
});
