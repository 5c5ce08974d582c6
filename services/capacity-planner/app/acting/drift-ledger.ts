import {
  evolveDrifts,
  initialDrifts,
  noteDrifts,
  openDrifts,
  unaskedDrift,
  unaskedHosts,
  type Drift,
  type DriftEvent,
  type Drifts,
  type Host,
} from '@slipway/capacity-planner-core';
import type { Instant, StoredEvent } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { PlannerJournal } from '../journal/planner-journal.js';

/** Who shows what workers show. */
export const WORKERS = 'workers';

const STREAM = 'drift-';

/** Where ledger, vendors and workers disagree, as the planner's log tells it. */
export class DriftLedger {
  drifts: Drifts = initialDrifts;

  constructor(
    private readonly journal: PlannerJournal,
    private readonly logger: Logger,
  ) {
    journal.foldInto((event) => this.fold(event));
  }

  /** Takes what a look of a vendor, or of the workers, has shown; what was known already is no news. */
  async note(seenBy: string, found: readonly Drift[], at: Instant): Promise<void> {
    const events = await this.journal.record(
      ({ data }: DriftEvent) => `${STREAM}${data.hostId}`,
      () => noteDrifts(this.drifts, { seenBy, found }),
      at,
    );
    for (const { type, data } of events)
      if (type === 'drift-found') this.logger.warn(data, 'ledger, vendor and workers disagreed');
  }

  /** What vendors showed that are asked no more is over, nobody would ever say so; their live hosts are left to themselves. */
  async noteUnasked(hosts: readonly Host[], asked: ReadonlySet<string>, at: Instant): Promise<void> {
    const left = unaskedHosts(hosts, asked);
    const vendors = [
      ...openDrifts(this.drifts).flatMap(({ seenBy }) => (seenBy === WORKERS ? [] : [seenBy])),
      ...left.map(({ vendor }) => vendor),
    ];
    for (const unasked of new Set(vendors.filter((vendor) => !asked.has(vendor))))
      await this.note(unasked, left.filter(({ vendor }) => vendor === unasked).map(unaskedDrift), at);
  }

  private fold({ stream, type, data, at }: StoredEvent): void {
    if (stream.startsWith(STREAM)) this.drifts = evolveDrifts(this.drifts, { type, data } as DriftEvent, at);
  }
}
