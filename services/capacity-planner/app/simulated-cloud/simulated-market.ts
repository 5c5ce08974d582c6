import type { HostOrder, StartAnswer, VendorHost } from '@slipway/capacity-planner-core';
import { SIMULATED_OFFERS, type SimulatedOffer } from './simulated-offers.js';

export type SimulatedHost = Readonly<{
  order: HostOrder;
  vendorHostId: string;
  state: VendorHost['state'];
  billedFrom: number;
  priceMicroUsdPerNodeHour: number;
  takenAt?: number;
  goneAt?: number;
}>;

/** What somebody who plays the weather may do to a vendor. */
export type Weather = Readonly<{
  vendor: string;
  /** `down`: every request to it fails; its hosts go on. `full`: it has no capacity for anything new. */
  state?: 'up' | 'down' | 'full';
  /** Of all its prices. */
  priceFactor?: number;
}>;

const PRICE_STEP = 0.01;
const SPOT_TAKEN_PER_HOUR = 0.02;
const NOTICE_MS = 120_000;
const HOUR_MS = 3_600_000;
const LISTED_WHEN_GONE_MS = HOUR_MS;

/** The market of the simulated vendors: what is refused, what it costs, what is taken back. Follows from its seed and what it is asked. */
export class SimulatedMarket {
  readonly hosts = new Map<string, SimulatedHost>();
  /** Those that are gone, for as long as they are still listed. */
  readonly gone = new Map<string, SimulatedHost>();
  private readonly weather = new Map<string, Required<Omit<Weather, 'vendor'>>>();
  private readonly drift = new Map<SimulatedOffer, number>();

  constructor(
    private readonly chance: () => number,
    hosts: readonly SimulatedHost[] = [],
  ) {
    for (const host of hosts)
      (host.goneAt === undefined ? this.hosts : this.gone).set(host.order.hostId, host);
  }

  setWeather({ vendor, ...changes }: Weather): void {
    this.weather.set(vendor, { ...this.weatherOf(vendor), ...changes });
  }

  isDown(vendor: string): boolean {
    return this.weatherOf(vendor).state === 'down';
  }

  offers(
    vendor: string,
  ): readonly (SimulatedOffer & Readonly<{ spotNowMicroUsd: number; nowMicroUsd: number }>)[] {
    return SIMULATED_OFFERS.filter((offer) => offer.vendor === vendor).map((offer) => ({
      ...offer,
      nowMicroUsd: this.priceOf(offer, 'on-demand'),
      spotNowMicroUsd: this.priceOf(offer, 'spot'),
    }));
  }

  /** One host id is one host for ever: asked again, the same answer. */
  start(order: HostOrder, at: number): StartAnswer & Readonly<{ startMs?: number }> {
    const known = this.hosts.get(order.hostId) ?? this.gone.get(order.hostId);
    if (known !== undefined) return { started: known };
    const offer = SIMULATED_OFFERS.find(
      ({ vendor, region, instanceType }) =>
        vendor === order.vendor && region === order.region && instanceType === order.instanceType,
    );
    if (offer === undefined)
      return refused('not-offered', `${order.vendor} sells no ${order.instanceType} in ${order.region}`);
    const held = [...this.hosts.values()].filter(
      (host) => host.order.vendor === order.vendor && host.order.instanceType === order.instanceType,
    ).length;
    if (this.weatherOf(order.vendor).state === 'full' || held >= offer.hiddenNodes)
      return refused('no-capacity', `${order.vendor} has no ${order.instanceType} left in ${order.region}`);
    if (this.chance() < 1 / offer.failsOneIn) return refused('unreachable', 'the request failed, try again');
    const host: SimulatedHost = {
      ...{ order, state: 'starting', billedFrom: at },
      vendorHostId: `sim-${order.hostId}`,
      priceMicroUsdPerNodeHour: this.priceOf(offer, order.purchase),
    };
    this.hosts.set(order.hostId, host);
    return { started: host, startMs: offer.startMs };
  }

  change(hostId: string, changes: Partial<SimulatedHost>): SimulatedHost | undefined {
    const host = this.hosts.get(hostId);
    if (host === undefined) return undefined;
    const changed = { ...host, ...changes };
    this.hosts.set(hostId, changed);
    return changed;
  }

  /** Nothing is paid for it any more. */
  end(hostId: string, goneAt: number): void {
    const host = this.hosts.get(hostId);
    if (host === undefined) return;
    this.hosts.delete(hostId);
    this.gone.set(hostId, { ...host, goneAt });
  }

  /** Time goes by: prices drift, what is long gone is listed no more, spot hosts are told that they will be taken. */
  pass(ms: number, at: number): void {
    for (const offer of SIMULATED_OFFERS) {
      const step = 1 + (this.chance() - 0.5) * 2 * PRICE_STEP * Math.sqrt(ms / HOUR_MS);
      this.drift.set(offer, Math.min(1.25, Math.max(0.8, (this.drift.get(offer) ?? 1) * step)));
    }
    for (const [hostId, { goneAt = 0 }] of this.gone)
      if (at - goneAt > LISTED_WHEN_GONE_MS) this.gone.delete(hostId);
    for (const { order, takenAt } of this.hosts.values())
      if (
        order.purchase === 'spot' &&
        takenAt === undefined &&
        this.chance() < (SPOT_TAKEN_PER_HOUR * ms) / HOUR_MS
      )
        this.change(order.hostId, { takenAt: at + NOTICE_MS });
  }

  private priceOf(offer: SimulatedOffer, purchase: string): number {
    const list = purchase === 'spot' ? offer.spotMicroUsd : offer.onDemandMicroUsd;
    const moved = purchase === 'spot' ? (this.drift.get(offer) ?? 1) : 1;
    return Math.round(list * moved * this.weatherOf(offer.vendor).priceFactor);
  }

  private weatherOf(vendor: string): Required<Omit<Weather, 'vendor'>> {
    return this.weather.get(vendor) ?? { state: 'up', priceFactor: 1 };
  }
}

const refused = (code: 'no-capacity' | 'not-offered' | 'unreachable', because: string): StartAnswer => ({
  refused: { code, because },
});
