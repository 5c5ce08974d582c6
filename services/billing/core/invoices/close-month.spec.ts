import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { monthlyGrant } from '../credits/grant.js';
import { useCredits, type OpenGrant } from '../credits/use-credits.js';
import { bookCorrection, bookExpiry, bookGrant, bookPayment } from '../ledger/book-by-hand.js';
import {
  billedOf,
  chargedBy,
  container,
  history,
  priced,
  START,
  taken,
} from '../ledger/priced-usage.testing.js';
import { trialBalance } from '../ledger/trial-balance.js';
import { monthStart } from '../months/month.js';
import { closeMonth, sumHours } from './close-month.js';
import { idOf, resourceName } from './invoice.js';

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
          ].flatMap((entry) => (isRefusal(entry) ? [] : [entry]));
          const adjustments =
            corrected === 0n
              ? []
              : [{ entryId: 'e', at: START, reason: 'an outage', amountMicroUsd: corrected }];
          const { invoice, entries: closing } = closeMonth(
            {
              account,
              month,
              charged: chargedBy(inMonth),
              adjustments,
              grants,
              prepaidLeftMicroUsd: paidAhead,
            },
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

  test('what the sandboxes of an app cost on a day is one line, however many they were', () => {
    const sandbox = (n: number, appId: string) =>
      container({
        containerId: `ta-${n}-${appId}`,
        functionId: `fu-${n}-${appId}`,
        functionTag: `sb-${n}`,
        appId,
        appName: `name of ${appId}`,
        purpose: 'sandbox',
      });
    const facts = ['ap-1', 'ap-2'].flatMap((appId) =>
      Array.from({ length: 20 }, (_, n) => sandbox(n, appId)),
    );
    const { charges } = priced(taken([...facts, container({ containerId: 'ta-own' })]), 7);
    const { lines, hours } = chargedBy(charges.values());
    expect(lines.map(({ resource }) => [idOf(resource), resourceName(resource)])).toEqual([
      ['ap-1', 'sandboxes of name of ap-1'],
      ['ap-2', 'sandboxes of name of ap-2'],
      ['fu-1', 'shop.render'],
    ]);
    const billed = billedOf([...charges.values()]);
    expect(lines.reduce((sum, { billedMicroUsd }) => sum + billedMicroUsd, 0n)).toBe(billed);
    expect(hours).toEqual([{ hour: START, amountMicroUsd: billed }]);
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
      sumHours({ month: '2026-11', hours: [], adjustments, grants: [free], prepaidLeftMicroUsd: 0n }),
    ).toMatchObject({ creditedMicroUsd: 0n, dueMicroUsd: -5n });
  });
});
