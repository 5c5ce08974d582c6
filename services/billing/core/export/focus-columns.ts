/** How a column's values are kept: decimals are whole numbers of 10^-places, moments are milliseconds of Unix time. */
export const COLUMN_PLACES = { cost: 6, quantity: 12, price: 15 } as const;
export type DecimalKind = keyof typeof COLUMN_PLACES;
export type ColumnKind = DecimalKind | 'moment' | 'text' | 'json';

export type FocusColumn = Readonly<{
  name: string;
  kind: ColumnKind;
  /** As FOCUS 1.2 says it; `own`: ours, which FOCUS wants to begin with `x_`. */
  level: 'mandatory' | 'conditional' | 'recommended' | 'own';
  nulls: boolean;
  values?: readonly string[];
}>;

export const FOCUS_VERSION = '1.2';

const column = <const Name extends string, const Kind extends ColumnKind>(
  name: Name,
  kind: Kind,
  level: FocusColumn['level'],
  nulls: 'nulls' | 'never null' = 'nulls',
  values?: readonly string[],
) => ({ name, kind, level, nulls: nulls === 'nulls', ...(values === undefined ? {} : { values }) });

/**
 * The columns of an export, in their order: those of FinOps FOCUS 1.2, with what it says of each, and our own. Columns for what
 * is not sold here (capacity reservations, prices in other currencies) are conditional there and left out.
 */
export const FOCUS_COLUMNS = [
  column('AvailabilityZone', 'text', 'recommended'),
  column('BilledCost', 'cost', 'mandatory', 'never null'),
  column('BillingAccountId', 'text', 'mandatory', 'never null'),
  column('BillingAccountName', 'text', 'mandatory'),
  column('BillingAccountType', 'text', 'conditional'),
  column('BillingCurrency', 'text', 'mandatory', 'never null'),
  column('BillingPeriodEnd', 'moment', 'mandatory', 'never null'),
  column('BillingPeriodStart', 'moment', 'mandatory', 'never null'),
  column('ChargeCategory', 'text', 'mandatory', 'never null', [
    'Usage',
    'Purchase',
    'Tax',
    'Credit',
    'Adjustment',
  ]),
  column('ChargeClass', 'text', 'mandatory', 'nulls', ['Correction']),
  column('ChargeDescription', 'text', 'mandatory'),
  column('ChargeFrequency', 'text', 'recommended', 'never null', ['One-Time', 'Recurring', 'Usage-Based']),
  column('ChargePeriodEnd', 'moment', 'mandatory', 'never null'),
  column('ChargePeriodStart', 'moment', 'mandatory', 'never null'),
  column('CommitmentDiscountCategory', 'text', 'conditional', 'nulls', ['Spend', 'Usage']),
  column('CommitmentDiscountId', 'text', 'conditional'),
  column('CommitmentDiscountName', 'text', 'conditional'),
  column('CommitmentDiscountQuantity', 'quantity', 'conditional'),
  column('CommitmentDiscountStatus', 'text', 'conditional', 'nulls', ['Used', 'Unused']),
  column('CommitmentDiscountType', 'text', 'conditional'),
  column('CommitmentDiscountUnit', 'text', 'conditional'),
  column('ConsumedQuantity', 'quantity', 'conditional'),
  column('ConsumedUnit', 'text', 'conditional'),
  column('ContractedCost', 'cost', 'mandatory', 'never null'),
  column('ContractedUnitPrice', 'price', 'conditional'),
  column('EffectiveCost', 'cost', 'mandatory', 'never null'),
  column('InvoiceId', 'text', 'recommended'),
  column('InvoiceIssuerName', 'text', 'mandatory', 'never null'),
  column('ListCost', 'cost', 'mandatory', 'never null'),
  column('ListUnitPrice', 'price', 'conditional'),
  column('PricingCategory', 'text', 'conditional', 'nulls', ['Standard', 'Dynamic', 'Committed', 'Other']),
  column('PricingQuantity', 'quantity', 'mandatory'),
  column('PricingUnit', 'text', 'mandatory'),
  column('ProviderName', 'text', 'mandatory', 'never null'),
  column('PublisherName', 'text', 'mandatory', 'never null'),
  column('RegionId', 'text', 'conditional'),
  column('RegionName', 'text', 'conditional'),
  column('ResourceId', 'text', 'conditional'),
  column('ResourceName', 'text', 'conditional'),
  column('ResourceType', 'text', 'conditional'),
  column('ServiceCategory', 'text', 'mandatory', 'never null', [
    'AI and Machine Learning',
    'Analytics',
    'Business Applications',
    'Compute',
    'Databases',
    'Developer Tools',
    'Multicloud',
    'Identity',
    'Integration',
    'Internet of Things',
    'Management and Governance',
    'Media',
    'Migration',
    'Mobile',
    'Networking',
    'Security',
    'Storage',
    'Web',
    'Other',
  ]),
  column('ServiceName', 'text', 'mandatory', 'never null'),
  column('ServiceSubcategory', 'text', 'recommended', 'never null'),
  column('SkuId', 'text', 'conditional'),
  column('SkuMeter', 'text', 'conditional'),
  column('SkuPriceDetails', 'json', 'conditional'),
  column('SkuPriceId', 'text', 'conditional'),
  column('SubAccountId', 'text', 'conditional'),
  column('SubAccountName', 'text', 'conditional'),
  column('SubAccountType', 'text', 'conditional'),
  column('Tags', 'json', 'conditional'),
  column('x_AppId', 'text', 'own'),
  column('x_AppName', 'text', 'own'),
  column('x_FunctionId', 'text', 'own'),
  column('x_FunctionName', 'text', 'own'),
  column('x_Purpose', 'text', 'own', 'nulls', ['serve', 'build', 'sandbox']),
  column('x_Vendor', 'text', 'own'),
  column('x_Simulated', 'text', 'own', 'nulls', ['true', 'false']),
  column('x_RateCardId', 'text', 'own'),
  column('x_DiscountId', 'text', 'own'),
  column('x_ChargeId', 'text', 'own'),
  column('x_LedgerEntryId', 'text', 'own'),
] as const satisfies readonly FocusColumn[];

type ValueOf<Kind extends ColumnKind> = Kind extends DecimalKind
  ? bigint
  : Kind extends 'moment'
    ? number
    : string;

/** One row: null is no value, and texts are never empty. */
export type FocusRow = Readonly<{
  [Column in (typeof FOCUS_COLUMNS)[number] as Column['name']]: ValueOf<Column['kind']> | null;
}>;

export type FocusValue = FocusRow[keyof FocusRow];
