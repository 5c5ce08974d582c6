import type { Instant } from '@slipway/kernel';
import type { Row } from '../catalogue/row.js';
import type { HostId, HostOrder, RefusalCode } from './host.events.js';

/** A host as its vendor lists it. */
export type VendorHost = Readonly<{
  vendorHostId: string;
  /** Our mark on it: the id that it was started with. A machine without our mark is none of ours, and not listed. */
  hostId: HostId;
  instanceType: string;
  region: string;
  state: 'starting' | 'running' | 'stopping';
  /** From when on it is paid for. */
  billedFrom: Instant;
  /** When its vendor takes it back, where it has said so. */
  takenAt?: Instant;
  /** Until when it was paid for, where its vendor goes on listing hosts for a while that are gone. */
  goneAt?: Instant;
  /** Where its price is not the one that it was started at any more. */
  priceMicroUsdPerNodeHour?: number;
}>;

export type StartAnswer =
  | Readonly<{ started: Readonly<{ vendorHostId: string; billedFrom: Instant }> }>
  | Readonly<{ refused: Readonly<{ code: RefusalCode; because: string }> }>;

/**
 * A vendor of hosts, as narrow as acting needs it. Every request may be repeated: `start` with one host id gives one host for
 * ever, `stop` of what is gone is done. A request whose fate is unknown rejects, and the next listing tells.
 */
export interface CloudVendor {
  readonly vendor: string;
  /** A simulator says that it is one, wherever its hosts are shown. */
  readonly kind: 'real' | 'simulated';
  /** What it sells now, as rows of a catalogue; nothing where it publishes none. */
  offers(): Promise<readonly Row[]>;
  start(order: HostOrder): Promise<StartAnswer>;
  stop(host: Readonly<{ vendorHostId: string; region: string }>): Promise<void>;
  /** Every host of ours that is paid for, and those that are gone since a little while if the vendor says when. */
  list(): Promise<readonly VendorHost[]>;
}
