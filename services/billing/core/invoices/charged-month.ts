import type { Instant } from '@slipway/kernel';
import { amountsOf, type Charge, type ChargedResource } from '../charges/charge.js';
import type { HourAmount } from '../credits/use-credits.js';
import type { MicroUsd } from '../money/micro-usd.js';
import { monthOf } from '../months/month.js';
import type { Sku } from '../rates/sku.js';
import { idOf, resourceName, type InvoicedResource, type InvoiceLine } from './invoice.js';

type LineSums = {
  line: Pick<InvoiceLine, 'day' | 'environment' | 'resource' | 'correction'>;
  list: MicroUsd;
  billed: MicroUsd;
  skus: Map<Sku, MicroUsd>;
};

/**
 * The charges of a month, added up one by one: sums of amounts that were rounded already. It holds as much as the invoice has
 * lines, however many charges there are.
 */
export class ChargedMonth {
  private readonly sums = new Map<string, LineSums>();
  private readonly byHour = new Map<Instant, MicroUsd>();

  add({ subject, quantity }: Charge): void {
    const { price, hour } = subject;
    const { listMicroUsd, billedMicroUsd } = amountsOf(price, quantity);
    this.byHour.set(hour, (this.byHour.get(hour) ?? 0n) + billedMicroUsd);
    const sum = this.sumOf(subject);
    sum.list += listMicroUsd;
    sum.billed += billedMicroUsd;
    sum.skus.set(price.sku, (sum.skus.get(price.sku) ?? 0n) + billedMicroUsd);
  }

  /** By function, volume or an app's sandboxes, and day. */
  get lines(): readonly InvoiceLine[] {
    return [...this.sums.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { line, list, billed, skus }]) => ({
        ...line,
        listMicroUsd: list,
        billedMicroUsd: billed,
        bySku: [...skus]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([sku, billedMicroUsd]) => ({ sku, billedMicroUsd })),
      }));
  }

  get hours(): readonly HourAmount[] {
    return [...this.byHour].map(([hour, amountMicroUsd]) => ({ hour, amountMicroUsd }));
  }

  private sumOf({ environment, resource: charged, hour, billedIn }: Charge['subject']): LineSums {
    const day = new Date(hour).toISOString().slice(0, 10);
    const resource = invoiced(charged);
    const correction = monthOf(hour) !== billedIn;
    const key = JSON.stringify([day, environment, idOf(resource), resourceName(resource), correction]);
    const known = this.sums.get(key);
    if (known !== undefined) return known;
    const sum = { line: { day, environment, resource, correction }, list: 0n, billed: 0n, skus: new Map() };
    this.sums.set(key, sum);
    return sum;
  }
}

/** Each sandbox is a function of its own, known by its id alone: what an app's sandboxes cost on a day is one line. */
const invoiced = (resource: ChargedResource): InvoicedResource =>
  resource.kind === 'function' && resource.purpose === 'sandbox'
    ? { kind: 'sandboxes', appId: resource.appId, appName: resource.appName }
    : resource;
