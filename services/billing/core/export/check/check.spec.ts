import fc from 'fast-check';
import { csvHeader, csvLine } from '../csv-line.js';
import { FOCUS_COLUMNS, type FocusRow } from '../focus-columns.js';
import { useRow } from '../use-row.js';
import { valueText } from '../value-text.js';
import { checkHeader } from './check-header.js';
import { checkRow } from './check-row.js';
import { csvRecords } from './csv-records.js';
import type { Cells } from './finding.js';

const HOUR = Date.parse('2026-11-01T05:00:00Z');
const row: FocusRow = useRow(
  {
    subject: {
      workspaceId: 'ws-1',
      environment: 'main',
      resource: {
        kind: 'function',
        appId: 'ap-1',
        appName: 'shop',
        functionId: 'fu-1',
        functionTag: 'render',
        purpose: 'serve',
      },
      region: 'eu',
      tags: { team: 'web, "ü"' },
      simulated: false,
      price: {
        priceId: 'first/memory/eu',
        sku: 'memory',
        cardId: 'first',
        nanoUsdPerUnit: 2_220n,
        region: { numerator: 7n, denominator: 6n },
        nonPreemptible: { numerator: 1n, denominator: 1n },
        discount: { numerator: 2n, denominator: 3n },
      },
      hour: HOUR,
      billedIn: '2026-11',
    },
    accountName: 'Ada & Sons',
    chargeId: 'ch-1',
    from: HOUR,
    to: HOUR + 3_600_000,
    quantity: 12_345n << 30n,
    listMicroUsd: 31_974n,
    billedMicroUsd: 21_316n,
  },
  'Slipway',
);
const cells = (change: Cells = {}): Cells => ({
  ...Object.fromEntries(
    FOCUS_COLUMNS.map((column) => {
      const value = row[column.name];
      return [column.name, value === null ? null : valueText(column, value)];
    }),
  ),
  ...change,
});

test('a row of ours breaks no rule', () => {
  expect(checkRow(1, cells())).toEqual([]);
  expect(checkHeader(FOCUS_COLUMNS.map(({ name }) => name))).toEqual([]);
});

test.each<[rule: string, column: string, change: Cells]>([
  ['null', 'BilledCost', { BilledCost: null }],
  ['empty-text', 'InvoiceId', { InvoiceId: '' }],
  ['allowed-values', 'ChargeCategory', { ChargeCategory: 'Use' }],
  ['numeric-format', 'ListCost', { ListCost: '$1,000' }],
  ['date-time-format', 'ChargePeriodStart', { ChargePeriodStart: '2026-11-01 05:00:00' }],
  ['key-value-format', 'Tags', { Tags: '["a"]' }],
  ['currency', 'BillingCurrency', { BillingCurrency: 'dollar' }],
  ['period-end-exclusive', 'ChargePeriodEnd', { ChargePeriodEnd: '2026-11-01T05:00:00Z' }],
  ['wanted-if-priced', 'SkuPriceId', { SkuPriceId: null, SkuPriceDetails: null }],
  ['consumed-if-used', 'ConsumedQuantity', { ConsumedQuantity: null, ConsumedUnit: null }],
  ['companion', 'PricingUnit', { PricingUnit: null, ChargeClass: 'Correction' }],
  ['companion', 'ResourceType', { ResourceType: null }],
  ['companion', 'RegionName', { RegionId: null }],
  [
    'purchase-frequency',
    'ChargeFrequency',
    { ChargeCategory: 'Purchase', ConsumedQuantity: null, ConsumedUnit: null },
  ],
  ['subcategory', 'ServiceSubcategory', { ServiceSubcategory: 'Block Storage' }],
  ['unit-format', 'PricingUnit', { PricingUnit: 'gib seconds' }],
  ['cost-is-price-by-quantity', 'ListCost', { ListCost: '0.031976' }],
  ['cost-is-price-by-quantity', 'ContractedCost', { ContractedCost: '0.03' }],
])('a broken rule is named: %s of %s', (rule, column, change) => {
  expect(checkRow(7, cells(change))).toMatchObject([{ row: 7, column, rule }]);
});

test('a credit has one cost', () => {
  const credit: Cells = {
    ...Object.fromEntries(Object.keys(cells()).map((name) => [name, null])),
    ...Object.fromEntries(
      [
        'BillingAccountId',
        'BillingCurrency',
        'BillingPeriodStart',
        'BillingPeriodEnd',
        'ChargePeriodStart',
        'ChargePeriodEnd',
        'InvoiceIssuerName',
        'ProviderName',
        'PublisherName',
        'ServiceName',
      ].map((name) => [name, cells()[name]]),
    ),
    ServiceCategory: 'Other',
    ServiceSubcategory: 'Other (Other)',
    ChargeCategory: 'Credit',
    ChargeFrequency: 'One-Time',
    BilledCost: '-1',
    ListCost: '-1',
    ContractedCost: '-1',
    EffectiveCost: '-1.000000',
  };
  expect(checkRow(1, credit)).toEqual([]);
  expect(checkRow(1, { ...credit, ListCost: '0' })).toMatchObject([
    { column: 'ListCost', rule: 'cost-is-billed-cost' },
  ]);
});

test('columns that are missing, unknown or twice are named', () => {
  const names = FOCUS_COLUMNS.map(({ name }) => name as string).filter((name) => name !== 'BilledCost');
  expect(checkHeader([...names, 'Price', 'Tags', 'x_Own'])).toMatchObject([
    { row: 0, column: 'BilledCost', rule: 'column-missing' },
    { column: 'Price', rule: 'column-unknown' },
    { column: 'Tags', rule: 'column-twice' },
  ]);
});

test('what was written as CSV is read again, however it is cut into pieces', async () => {
  const text = csvHeader() + csvLine(row) + csvLine({ ...row, x_FunctionName: 'a\r\n"b",c' });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      const pieces = async function* (): AsyncGenerator<string> {
        for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
      };
      const [header = [], first = [], second = [], ...more] = await Array.fromAsync(csvRecords(pieces()));
      expect(more).toEqual([]);
      expect(Object.fromEntries(header.map((name, index) => [name, first[index]]))).toEqual(cells());
      expect(second[header.indexOf('x_FunctionName')]).toBe('a\r\n"b",c');
    }),
    { numRuns: 20 },
  );
});
