import {
  reconcileWorkers,
  type Drift,
  type Host,
  type HostId,
  type Offer,
} from '@slipway/capacity-planner-core';
import type { WorkerView } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { WORKERS, type DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';

/** The scheduler's workers beside the ledger, from one look to the next. */
export class LookAtWorkers {
  private workers: ReadonlyMap<HostId, WorkerView> = new Map();
  private readonly silent = new Map<HostId, Instant>();

  constructor(
    private readonly bus: Bus,
    private readonly ledger: HostLedger,
    private readonly now: () => Instant,
    private readonly drifts: DriftLedger,
  ) {}

  containersOn(host: Pick<Host, 'hostId'>): number {
    return this.workers.get(host.hostId)?.containers ?? 0;
  }

  /** Throws where the scheduler does not answer: nothing is known then. */
  async look(offers: ReadonlyMap<string, Offer>): Promise<void> {
    const { workers } = await this.bus.request('scheduler.list-workers', {});
    this.workers = new Map(workers.map((worker) => [worker.workerId, worker]));
    const at = this.now();
    this.listen(at);
    const drifts: Drift[] = [];
    await this.ledger.record(() => {
      const found = reconcileWorkers({
        ...{ at, workers, hosts: this.ledger.hosts },
        silentSince: ({ hostId }) => this.silent.get(hostId),
        leadMsOf: ({ offerId, leadMs = 0 }) => offers.get(offerId)?.behaviour.leadMs ?? leadMs,
        isBought: ({ capacity }) => capacity.host !== undefined,
      });
      drifts.push(...found.drifts);
      return found.events;
    }, at);
    await this.drifts.note(WORKERS, drifts, at);
  }

  /** Remembers since when a worker that had joined is not there. */
  private listen(at: Instant): void {
    for (const host of this.ledger.live) {
      const isThere = this.workers.get(host.hostId)?.status === 'present';
      if (isThere || !('joinedAt' in host)) this.silent.delete(host.hostId);
      else if (!this.silent.has(host.hostId)) this.silent.set(host.hostId, at);
    }
  }
}
