import { standingOnHosts, type Fleet, type Holding } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { FleetSource } from '../processes/plan-capacity/ports.js';
import type { Demand } from '../processes/read-demand/demand.js';

/** What is held, as the scheduler sees it: every worker that says which offer it was bought as, and what runs on it. */
export class FleetFromFacts implements FleetSource {
  constructor(private readonly demand: Demand) {}

  look(at: Instant): Promise<Fleet> {
    return Promise.resolve({
      seenAt: Math.min(at, this.demand.knownAt ?? 0),
      holdings: [...this.demand.joinedHosts()].map(([offerId, nodes]): Holding => ({
        offerId,
        nodes,
        startingNodes: 0,
        drainingNodes: 0,
        paidUntil: [],
      })),
      nodes: standingOnHosts(this.demand.standing()),
      running: this.demand
        .running()
        .map(({ demandKey, offerId, containers }) => ({ groupId: demandKey, offerId, containers })),
    });
  }
}
