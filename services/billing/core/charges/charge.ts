import type { Instant } from '@slipway/kernel';
import type { MicroUsd } from '../money/micro-usd.js';
import { roundHalfEven } from '../money/round-half-even.js';
import type { Month } from '../months/month.js';
import { costOf, type Price } from '../rates/price-of.js';

/** What was used: a function's containers, or a volume. */
export type ChargedResource = Readonly<
  | {
      kind: 'function';
      appId: string;
      appName: string;
      functionId: string;
      functionTag: string;
      purpose: 'serve' | 'build' | 'sandbox';
    }
  | { kind: 'volume'; volumeId: string; volumeName?: string }
>;

/**
 * All that one charge is for: usage that differs in nothing of this is added up, priced once and rounded once. It is the
 * finest row of reports, invoices and exports: each of them adds up charges, so all say the same to the micro-dollar.
 */
export type ChargeSubject = Readonly<{
  workspaceId: string;
  environment: string;
  resource: ChargedResource;
  region?: string;
  vendor?: string;
  tags: Readonly<Record<string, string>>;
  /** GPUs that exist on paper only. */
  simulated: boolean;
  price: Price;
  /** The hour in which it was used, by its beginning. */
  hour: Instant;
  /** The month on whose invoice it is. Later than the hour's own where that had been closed: a correction. */
  billedIn: Month;
}>;

export type Charge = Readonly<{
  chargeId: string;
  subject: ChargeSubject;
  /** In base units of the SKU. */
  quantity: bigint;
}>;

export type ChargeAmounts = Readonly<{ listMicroUsd: MicroUsd; billedMicroUsd: MicroUsd }>;

/** The one place where money is rounded: half to even, to the micro-dollar, per charge. */
export const amountsOf = (price: Price, quantity: bigint): ChargeAmounts => {
  const { list, discounted } = costOf(price, quantity);
  return {
    listMicroUsd: roundHalfEven(list.numerator, list.denominator),
    billedMicroUsd: roundHalfEven(discounted.numerator, discounted.denominator),
  };
};

/** Whose usage it is: what all things used in a fact share. */
export type ChargedOwner = Pick<
  ChargeSubject,
  'workspaceId' | 'environment' | 'resource' | 'region' | 'vendor' | 'tags'
>;

/** A text that is the same for equal owners, and differs for any others. */
export const ownerKey = (owner: ChargedOwner): string => {
  const { workspaceId, environment, resource, region, vendor, tags } = owner;
  return JSON.stringify([
    workspaceId,
    environment,
    resource.kind === 'function'
      ? [resource.appId, resource.appName, resource.functionId, resource.functionTag, resource.purpose]
      : [resource.volumeId, resource.volumeName ?? null],
    region ?? null,
    vendor ?? null,
    Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
};

/** A text that is the same for equal subjects, and differs for any others. */
export const subjectKey = (subject: ChargeSubject): string =>
  keyUnder(ownerKey(subject), { ...subject, priceId: subject.price.priceId });

/** The key of a subject whose owner's key is known: that, and what it was used of and when. */
export const keyUnder = (
  owner: string,
  {
    simulated,
    priceId,
    hour,
    billedIn,
  }: Pick<ChargeSubject, 'simulated' | 'hour' | 'billedIn'> & Pick<Price, 'priceId'>,
): string => `${owner.slice(0, -1)},${simulated},${JSON.stringify(priceId)},${hour},"${billedIn}"]`;
