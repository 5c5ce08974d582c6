import { openDrifts, type DriftEvent, type Drifts } from '@slipway/capacity-planner-core';
import type { StoredEvent } from '@slipway/kernel';
import { Counter, Gauge, type createMetrics } from '@slipway/telemetry';

/** Where ledger, vendors and workers disagree, and how often they did. */
export class DriftMetrics {
  private readonly found: Counter;

  constructor(registry: ReturnType<typeof createMetrics>, drifts: () => Drifts) {
    const registers = [registry];
    this.found = new Counter({
      name: 'slipway_capacity_drifts_found_total',
      help: 'Disagreements of ledger, vendors and workers that were found, by kind; most are put right at once',
      labelNames: ['kind'],
      registers,
    });
    new Gauge({
      name: 'slipway_capacity_drifts',
      help: 'Disagreements of ledger, vendors and workers that last, by kind',
      labelNames: ['kind'],
      registers,
      collect() {
        this.reset();
        for (const { kind } of openDrifts(drifts())) this.inc({ kind });
      },
    });
  }

  /** Counts what was recorded just now. */
  count(events: readonly StoredEvent[]): void {
    for (const { type, data } of events as readonly (StoredEvent & DriftEvent)[])
      if (type === 'drift-found') this.found.inc({ kind: data.kind });
  }
}
