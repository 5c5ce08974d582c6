import {
  HOST_ENDS,
  hourlyMicroUsd,
  REFUSAL_CODES,
  type Host,
  type HostEvent,
} from '@slipway/capacity-planner-core';
import type { StoredEvent } from '@slipway/kernel';
import { Counter, Gauge, type createMetrics } from '@slipway/telemetry';

type Registry = ReturnType<typeof createMetrics>;

/** Figures of the ledger of hosts; alerts about hosts are made of these. */
export class HostMetrics {
  private readonly ended: Counter;
  private readonly refused: Counter;
  private readonly orphans: Counter;

  constructor(registry: Registry, live: () => readonly Host[]) {
    const registers = [registry];
    this.ended = new Counter({
      name: 'slipway_capacity_hosts_ended_total',
      help: 'Hosts whose life ended, by how: stopped by us, never joined, lost, taken by the vendor, written off',
      labelNames: ['how'],
      registers,
    });
    this.refused = new Counter({
      name: 'slipway_capacity_hosts_refused_total',
      help: 'Starts that a vendor refused, by reason',
      labelNames: ['code'],
      registers,
    });
    this.orphans = new Counter({
      name: 'slipway_capacity_orphan_hosts_total',
      help: 'Hosts that were paid for and stood in no ledger; each was stopped',
      registers,
    });
    // A series that begins with its first count shows no increase then.
    for (const how of HOST_ENDS) this.ended.inc({ how }, 0);
    for (const code of REFUSAL_CODES) this.refused.inc({ code }, 0);
    new Gauge({
      name: 'slipway_capacity_hosts',
      help: 'Hosts that are not over, by status',
      labelNames: ['status'],
      registers,
      collect() {
        for (const status of ['asked', 'starting', 'running', 'draining', 'stopping'])
          this.set({ status }, live().filter((host) => host.status === status).length);
      },
    });
    new Gauge({
      name: 'slipway_capacity_hosts_usd_per_hour',
      help: 'What the hosts of the ledger cost now',
      registers,
      collect() {
        this.set(live().reduce((sum, host) => sum + hourlyMicroUsd(host), 0) / 1e6);
      },
    });
  }

  /** Counts what was recorded just now; what an earlier process recorded was counted by it. */
  count(events: readonly StoredEvent[]): void {
    for (const { type, data } of events as readonly (StoredEvent & HostEvent)[]) {
      if (type === 'host-ended') this.ended.inc({ how: data.how });
      if (type === 'host-refused') this.refused.inc({ code: data.code });
      if (type === 'orphan-found') this.orphans.inc();
    }
  }
}
