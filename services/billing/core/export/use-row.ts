import type { ChargeSubject } from '../charges/charge.js';
import { idOf, resourceName } from '../invoices/invoice.js';
import { monthEnd, monthOf, monthStart } from '../months/month.js';
import type { Price } from '../rates/price-of.js';
import { skuName } from '../rates/sku.js';
import type { ExportedUse } from './exported-charge.js';
import type { FocusRow } from './focus-columns.js';
import { focusQuantities, focusUnitPrices } from './focus-quantities.js';
import { focusService } from './focus-services.js';
import { emptyRow } from './empty-row.js';

/** The row of use: billed, contracted and effective cost are one, for no commitment is sold. */
export const useRow = (use: ExportedUse, issuer: string): FocusRow => {
  const { subject } = use;
  const { price, billedIn, region, vendor } = subject;
  const quantities = focusQuantities(price.sku, use.quantity);
  const unitPrices = focusUnitPrices(price);
  const service = focusService(price.sku, subject.resource);
  return {
    ...emptyRow,
    BilledCost: use.billedMicroUsd,
    ContractedCost: use.billedMicroUsd,
    EffectiveCost: use.billedMicroUsd,
    ListCost: use.listMicroUsd,
    BillingAccountId: subject.workspaceId,
    BillingAccountName: use.accountName || null,
    BillingPeriodStart: monthStart(billedIn),
    BillingPeriodEnd: monthEnd(billedIn),
    ChargeCategory: 'Usage',
    ChargeClass: monthOf(subject.hour) === billedIn ? null : 'Correction',
    ChargeDescription: `${skuName(price.sku)} of ${resourceName(subject.resource)}`,
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: use.from,
    ChargePeriodEnd: use.to,
    ConsumedQuantity: quantities.consumedQuantity,
    ConsumedUnit: quantities.consumedUnit,
    ContractedUnitPrice: unitPrices.contracted,
    ListUnitPrice: unitPrices.list,
    PricingCategory: 'Standard',
    PricingQuantity: quantities.pricingQuantity,
    PricingUnit: quantities.pricingUnit,
    InvoiceId: use.invoiceNumber ?? null,
    InvoiceIssuerName: issuer,
    ProviderName: issuer,
    PublisherName: issuer,
    RegionId: region ?? null,
    RegionName: region ?? null,
    ServiceCategory: service.category,
    ServiceName: service.name,
    ServiceSubcategory: service.subcategory,
    SkuId: price.sku,
    SkuMeter: skuName(price.sku),
    SkuPriceDetails: priceDetails(price, region),
    SkuPriceId: skuPriceId(price),
    Tags: JSON.stringify(sorted(subject.tags)),
    ...resourceColumns(subject),
    x_Vendor: vendor ?? null,
    x_Simulated: String(subject.simulated),
    x_RateCardId: price.cardId,
    x_DiscountId: price.discountId ?? null,
    x_ChargeId: use.chargeId ?? null,
  };
};

/** What was used, and where it belongs to: also of what was put right about it. */
export const resourceColumns = ({
  workspaceId,
  environment,
  resource,
}: ChargeSubject): Partial<FocusRow> => ({
  SubAccountId: `${workspaceId}/${environment}`,
  SubAccountName: environment,
  SubAccountType: 'Environment',
  ResourceId: idOf(resource),
  ResourceName:
    resource.kind === 'function' ? resourceName(resource) : (resource.volumeName ?? resource.volumeId),
  ResourceType: resource.kind === 'function' ? 'Function' : 'Volume',
  ...(resource.kind === 'function'
    ? {
        x_AppId: resource.appId,
        x_AppName: resource.appName === '' ? null : resource.appName,
        x_FunctionId: resource.functionId,
        x_FunctionName: resource.functionTag === '' ? null : resource.functionTag,
        x_Purpose: resource.purpose,
      }
    : {}),
});

/** One list price has one id: what was agreed with a workspace is no part of it. */
const skuPriceId = ({ priceId, discountId }: Price): string =>
  discountId === undefined ? priceId : priceId.slice(0, -(discountId.length + 1));

const priceDetails = ({ nonPreemptible }: Price, region: string | undefined): string =>
  JSON.stringify({
    Preemptible: nonPreemptible.numerator === nonPreemptible.denominator,
    ...(region === undefined ? {} : { Region: region }),
  });

const sorted = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)));
