import type { Instant } from '@slipway/kernel';
import { amountsOf, type Charge, type ChargeSubject } from '../charges/charge.js';
import type { MicroUsd } from '../money/micro-usd.js';

/** A charge with what an export says of whom it is billed to. */
export type ExportedCharge = Readonly<{
  charge: Charge;
  accountName: string;
  /** Of the invoice that it is on; left out while there is none. */
  invoiceNumber?: string;
}>;

/** Use that makes one row: of an hour, or of a day in which nothing but the hour differs. */
export type ExportedUse = Readonly<{
  subject: ChargeSubject;
  accountName: string;
  invoiceNumber?: string;
  /** Left out where it is made of several. */
  chargeId?: string;
  from: Instant;
  to: Instant;
  quantity: bigint;
  listMicroUsd: MicroUsd;
  billedMicroUsd: MicroUsd;
}>;

export type Granularity = 'hourly' | 'daily';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const hourlyUse = ({ charge, ...billing }: ExportedCharge): ExportedUse => ({
  ...billing,
  ...amountsOf(charge.subject.price, charge.quantity),
  subject: charge.subject,
  chargeId: charge.chargeId,
  from: charge.subject.hour,
  to: charge.subject.hour + HOUR_MS,
  quantity: charge.quantity,
});

export const dayOf = (at: Instant): Instant => Math.floor(at / DAY_MS) * DAY_MS;

export const periodAt = (at: Instant, granularity: Granularity): Readonly<{ from: Instant; to: Instant }> =>
  granularity === 'daily'
    ? { from: dayOf(at), to: dayOf(at) + DAY_MS }
    : { from: Math.floor(at / HOUR_MS) * HOUR_MS, to: Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS };
