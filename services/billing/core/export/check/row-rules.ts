import type { Cells } from './finding.js';
import { costRules } from './cost-rules.js';
import type { RowRule } from './row-rule.js';
import { SUBCATEGORIES } from './subcategories.js';

const isGiven = (cell: string | null | undefined): cell is string => typeof cell === 'string';
const isCorrection = (row: Cells): boolean => row['ChargeClass'] === 'Correction';
const category = (row: Cells): string | null | undefined => row['ChargeCategory'];
const isPriced = (row: Cells): boolean =>
  (category(row) === 'Usage' || category(row) === 'Purchase') && !isCorrection(row);

const WANTED_IF_PRICED = [
  'PricingQuantity',
  'PricingUnit',
  'PricingCategory',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'SkuId',
  'SkuPriceId',
];
/** What says more of something is null where that is null; `both`: and has a value where that has one. */
const COMPANIONS = [
  ['PricingUnit', 'PricingQuantity', 'both'],
  ['ConsumedUnit', 'ConsumedQuantity', 'both'],
  ['ResourceName', 'ResourceId', 'null'],
  ['ResourceType', 'ResourceId', 'both'],
  ['SubAccountName', 'SubAccountId', 'null'],
  ['SubAccountType', 'SubAccountId', 'both'],
  ['RegionName', 'RegionId', 'both'],
  ['SkuPriceDetails', 'SkuPriceId', 'null'],
  ['CommitmentDiscountName', 'CommitmentDiscountId', 'null'],
  ['CommitmentDiscountStatus', 'CommitmentDiscountId', 'null'],
] as const;
const PERIODS = ['BillingPeriod', 'ChargePeriod'] as const;
const UNIT = /^(\d+ )?([KMGTPE]i?)?[A-Za-z]+(-[A-Z][A-Za-z]*)*(\/(\d+ )?[A-Z][a-z]+)?$/;

export const ROW_RULES: readonly RowRule[] = [
  {
    rule: 'currency',
    column: 'BillingCurrency',
    wrong: ({ BillingCurrency: cell }) =>
      isGiven(cell) && !/^[A-Z]{3}$/.test(cell)
        ? `is '${cell}', but must be a currency of ISO 4217 such as USD`
        : undefined,
  },
  ...PERIODS.map((period): RowRule => ({
    rule: 'period-end-exclusive',
    column: `${period}End`,
    wrong: (row) => {
      const [start, end] = [row[`${period}Start`], row[`${period}End`]];
      return isGiven(start) && isGiven(end) && Date.parse(end) <= Date.parse(start)
        ? `is ${end}, but the end is exclusive and must be later than ${start}`
        : undefined;
    },
  })),
  ...WANTED_IF_PRICED.map((column): RowRule => ({
    rule: 'wanted-if-priced',
    column,
    wrong: (row) =>
      row[column] === null && isPriced(row)
        ? `is null, but a charge of ${category(row)} that is no correction needs it`
        : undefined,
  })),
  {
    rule: 'consumed-if-used',
    column: 'ConsumedQuantity',
    wrong: (row) => {
      const cell = row['ConsumedQuantity'];
      if (category(row) === 'Usage' && !isCorrection(row) && (cell === null || cell?.startsWith('-')))
        return `is ${cell ?? 'null'}, but what was used must be positive`;
      return category(row) !== 'Usage' && isGiven(cell)
        ? `is ${cell}, but must be null: the charge is ${category(row)}, not Usage`
        : undefined;
    },
  },
  ...COMPANIONS.map(([column, of, how]): RowRule => ({
    rule: 'companion',
    column,
    wrong: (row) => {
      if (isGiven(row[column]) && row[of] === null) return `is '${row[column]}', but ${of} is null`;
      return how === 'both' && row[column] === null && isGiven(row[of])
        ? `is null, but ${of} is '${row[of]}'`
        : undefined;
    },
  })),
  {
    rule: 'purchase-frequency',
    column: 'ChargeFrequency',
    wrong: (row) =>
      category(row) === 'Purchase' && row['ChargeFrequency'] === 'Usage-Based'
        ? 'is Usage-Based, but a purchase is One-Time or Recurring'
        : undefined,
  },
  {
    rule: 'subcategory',
    column: 'ServiceSubcategory',
    wrong: ({ ServiceCategory: of, ServiceSubcategory: cell }) => {
      if (!isGiven(of) || !isGiven(cell) || cell === `Other (${of})`) return undefined;
      const known = SUBCATEGORIES[of] ?? [];
      return known.includes(cell)
        ? undefined
        : `is '${cell}', but of ${of} there are ${[...known, `Other (${of})`].join(', ')}`;
    },
  },
  ...['PricingUnit', 'ConsumedUnit'].map((column): RowRule => ({
    rule: 'unit-format',
    column,
    wrong: ({ [column]: cell }) =>
      isGiven(cell) && !UNIT.test(cell) ? `is '${cell}', but must be a unit such as GiB-Hours` : undefined,
  })),
  ...costRules,
];
