import { fleetOfHosts, standingOnHosts, type CloudVendor, type Fleet } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { FleetSource } from '../processes/plan-capacity/ports.js';
import type { Demand } from '../processes/read-demand/demand.js';
import type { HostLedger } from './host-ledger.js';

/** What is held, as the ledger has it, and what runs there, as the scheduler's facts say. */
export class FleetFromLedger implements FleetSource {
  constructor(
    private readonly ledger: HostLedger,
    private readonly demand: Demand,
    private readonly vendors: readonly CloudVendor[],
    /** A vendor that was not asked yet is taken to have been seen then. */
    private readonly openedAt: Instant,
  ) {}

  look(at: Instant): Promise<Fleet> {
    const running = this.demand
      .running()
      .map(({ demandKey, offerId, containers }) => ({ groupId: demandKey, offerId, containers }));
    const seenAt = Math.min(at, this.demand.knownAt ?? 0);
    const vendorsSeenAt = Object.fromEntries(
      this.vendors.map(({ vendor }) => [vendor, this.ledger.vendorsSeenAt.get(vendor) ?? this.openedAt]),
    );
    return Promise.resolve({
      ...fleetOfHosts(this.ledger.hosts, at, running, seenAt),
      vendorsSeenAt,
      nodes: standingOnHosts(this.demand.standing()),
    });
  }
}
