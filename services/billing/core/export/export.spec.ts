import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { amountsOf, subjectKey, type Charge, type ChargeSubject } from '../charges/charge.js';
import { bookUsage } from '../ledger/book-usage.js';
import { trialBalance } from '../ledger/trial-balance.js';
import { closeMonth } from '../invoices/close-month.js';
import { chargedBy } from '../ledger/priced-usage.testing.js';
import type { OpenGrant } from '../credits/use-credits.js';
import { ratioOf } from '../money/ratio.js';
import { hourOf, monthStart } from '../months/month.js';
import type { Price } from '../rates/price-of.js';
import { skuUnit } from '../rates/sku.js';
import { adjustmentRow, creditRow } from './account-rows.js';
import { ColumnSums } from './column-sums.js';
import { dailyUses } from './daily-uses.js';
import { exportPeriod, monthParts } from './export-period.js';
import { dayOf, hourlyUse, type ExportedCharge } from './exported-charge.js';
import type { FocusRow } from './focus-columns.js';
import { useRow } from './use-row.js';

const MONTH = '2026-11';
const START = monthStart(MONTH);
const HOUR_MS = 3_600_000;
const ISSUER = 'Slipway';

const price = fc
  .record({
    sku: fc.constantFrom('cpu' as const, 'memory' as const, 'gpu-H100' as const, 'volume' as const),
    nano: fc.bigInt({ min: 0n, max: 2_000_000n }),
    region: fc.constantFrom(ratioOf(1, 1), ratioOf(7, 6)),
    discount: fc.constantFrom(ratioOf(1, 1), ratioOf(2, 3)),
  })
  .map(({ sku, nano, region, discount }): Price => ({
    priceId: [sku, nano, region.numerator, discount.numerator].join('/'),
    sku,
    cardId: 'card',
    nanoUsdPerUnit: nano,
    region,
    nonPreemptible: ratioOf(1, 1),
    discount,
  }));

const subject = fc
  .record({
    price,
    hours: fc.integer({ min: -30, max: 29 * 24 }),
    fn: fc.nat({ max: 2 }),
    team: fc.nat({ max: 1 }),
  })
  .map(({ price, hours, fn, team }): ChargeSubject => ({
    workspaceId: 'ws-1',
    environment: 'main',
    resource: {
      kind: 'function',
      appId: 'ap-1',
      appName: 'shop',
      functionId: `fu-${fn}`,
      functionTag: 'render',
      purpose: 'serve',
    },
    tags: { team: String(team) },
    simulated: false,
    price,
    hour: hourOf(START) + hours * HOUR_MS,
    billedIn: MONTH,
  }));

const charges = fc
  .array(fc.tuple(subject, fc.nat({ max: 10 })), { maxLength: 60 })
  .map((drawn): readonly Charge[] => {
    const byKey = new Map<string, Charge>();
    for (const [subject, part] of drawn)
      byKey.set(subjectKey(subject), {
        chargeId: subjectKey(subject),
        subject,
        quantity: (BigInt(part + 1) * skuUnit(subject.price.sku).baseUnits * 7n) / 3n,
      });
    return [...byKey.values()].toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  });

/** As the store gives them: day by day, then by what was used. */
const sortKey = ({ subject: { hour, resource, price }, chargeId }: Charge): string =>
  JSON.stringify([
    String(dayOf(hour)),
    resource.kind === 'function' ? resource.functionId : '',
    price.sku,
    String(hour),
    chargeId,
  ]);

async function* given(charges: readonly Charge[]): AsyncGenerator<ExportedCharge> {
  for (const charge of charges) yield { charge, accountName: 'Ada', invoiceNumber: 'INV-000001' };
}

const hourly = (charges: readonly Charge[]): FocusRow[] =>
  charges.map((charge) =>
    useRow(hourlyUse({ charge, accountName: 'Ada', invoiceNumber: 'INV-000001' }), ISSUER),
  );
const daily = async (charges: readonly Charge[]): Promise<FocusRow[]> =>
  (await Array.fromAsync(dailyUses(given(charges)))).map((use) => useRow(use, ISSUER));
const billed = (rows: readonly FocusRow[]): bigint =>
  rows.reduce((sum, { BilledCost }) => sum + (BilledCost ?? 0n), 0n);

test('an export comes to what the ledger booked, hourly and daily, to the micro-dollar', async () => {
  await fc.assert(
    fc.asyncProperty(charges, async (charges) => {
      const additions = charges.map(({ chargeId: key, subject, quantity }) => ({
        key,
        subject,
        quantity,
        positions: [1n],
      }));
      const { entries } = bookUsage(
        new Map(),
        additions,
        { chargeId: (key) => key, entryId: (id) => id },
        START,
      );
      const unbilled = trialBalance(entries).balances.get('unbilled:ws-1') ?? 0n;
      expect(billed(hourly(charges))).toBe(unbilled);
      expect(billed(await daily(charges))).toBe(unbilled);
      const list = charges.reduce((sum, c) => sum + amountsOf(c.subject.price, c.quantity).listMicroUsd, 0n);
      expect((await daily(charges)).reduce((sum, row) => sum + (row.ListCost ?? 0n), 0n)).toBe(list);
    }),
  );
});

test('with credits and what was put right it comes to the invoice: what is due and what was paid ahead', async () => {
  await fc.assert(
    fc.asyncProperty(
      charges,
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      fc.bigInt({ min: -500n, max: 500n }),
      fc.bigInt({ min: 0n, max: 5_000n }),
      async (charges, credit, corrected, paidAhead) => {
        const account = {
          workspaceId: 'ws-1',
          name: 'Ada',
          terms: 'invoiced',
          monthlyCreditMicroUsd: 0n,
        } as const;
        const grant: OpenGrant = {
          grantId: 'gr-1',
          workspaceId: 'ws-1',
          amountMicroUsd: credit,
          leftMicroUsd: credit,
          startsAt: 0,
          reason: 'a trial',
        };
        const adjustments = [{ entryId: 'en-1', at: START, reason: 'an outage', amountMicroUsd: corrected }];
        const { invoice } = closeMonth(
          {
            account,
            month: MONTH,
            charged: chargedBy(charges),
            adjustments,
            grants: [grant],
            prepaidLeftMicroUsd: paidAhead,
          },
          { number: 1, at: START, entryId: (part) => part },
        );
        const of = {
          workspaceId: 'ws-1',
          accountName: 'Ada',
          month: MONTH,
          invoiceNumber: invoice.invoiceNumber,
        };
        const rows = [
          ...(await daily(charges)),
          ...adjustments.map((adjustment) => adjustmentRow({ ...of, ...adjustment }, 'daily', ISSUER)),
          ...invoice.credits.map((used) => creditRow({ ...of, ...used }, ISSUER)),
        ];
        expect(billed(rows)).toBe(invoice.dueMicroUsd + invoice.prepaidMicroUsd);
        const byDay = new Map<string, bigint>();
        for (const row of rows.filter(({ ChargeCategory }) => ChargeCategory === 'Usage')) {
          const day = new Date(row.ChargePeriodStart ?? 0).toISOString().slice(0, 10);
          byDay.set(day, (byDay.get(day) ?? 0n) + (row.BilledCost ?? 0n));
        }
        for (const { day, billedMicroUsd } of invoice.lines)
          byDay.set(day, (byDay.get(day) ?? 0n) - billedMicroUsd);
        expect([...byDay.values()].every((left) => left === 0n)).toBe(true);
      },
    ),
  );
});

test('late use of an earlier month is a correction in the month that bills it', () => {
  const [charge] = fc.sample(subject, 1);
  const late = { ...charge!, hour: START - HOUR_MS };
  const [row] = hourly([{ chargeId: 'c', subject: late, quantity: 1_000_000_000n }]);
  expect(row).toMatchObject({
    ChargeClass: 'Correction',
    ChargePeriodStart: START - HOUR_MS,
    BillingPeriodStart: START,
  });
});

test('a price id names the list price: what was agreed with a workspace is no part of it', () => {
  const [one] = fc.sample(subject, 1);
  const agreed: Price = { ...one!.price, priceId: 'card/cpu/eu/half', discountId: 'half' };
  const [row] = hourly([{ chargeId: 'c', subject: { ...one!, price: agreed }, quantity: 5n }]);
  expect(row).toMatchObject({ SkuPriceId: 'card/cpu/eu', x_DiscountId: 'half' });
});

test('periods that follow one another have everything once', () => {
  const days = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(days, days, days, (a, b, c) => {
      const [first = 0, second = 0, third = 0] = [a, b, c]
        .map((day) => START + day * 24 * HOUR_MS)
        .toSorted((x, y) => x - y);
      const whole = monthParts({ from: first, to: third });
      const halves = [...monthParts({ from: first, to: second }), ...monthParts({ from: second, to: third })];
      const credits = (parts: typeof whole): string[] =>
        parts.filter(({ withCredits }) => withCredits).map(({ month }) => month);
      const late = (parts: typeof whole): string[] =>
        parts.filter(({ fromHour }) => fromHour === 0).map(({ month }) => month);
      const days = (parts: typeof whole): number => parts.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(credits(halves)).toEqual(credits(whole));
      expect(late(halves)).toEqual(late(whole));
      expect(days(halves)).toBe(third - first);
    }),
  );
});

test.each([
  [
    '2026-11-01T05:00:00Z',
    '2026-12-01',
    'from is 2026-11-01T05:00:00.000Z, but must be the beginning of a day',
  ],
  ['2026-11-02', '2026-11-01', 'to is 2026-11-01T00:00:00.000Z, but must be later than from'],
  ['2027-01-01', '2027-02-01', 'must not be later than now'],
  ['2025-01-01', '2026-11-01', 'at most 366'],
  ['nonsense', '2026-11-01', 'from is no moment'],
])('a period from %s to %s is refused', (from, to, said) => {
  const period = exportPeriod(Date.parse(from), Date.parse(to), Date.parse('2026-11-21T12:00:00Z'));
  expect(isRefusal(period) && period.message).toContain(said);
});

test('sums of columns are exact and leave out what is null', () => {
  const sums = new ColumnSums();
  for (const row of hourly([])) sums.add(row);
  expect(sums.texts()).toMatchObject({ BilledCost: '0.000000', ConsumedQuantity: '0.000000000000' });
});
