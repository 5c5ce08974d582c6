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
import { listWorkers } from './list-workers.js';
import { WORKERS, type DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';

/** The scheduler's workers beside the ledger, from one look to the next. */
export class LookAtWorkers {
  private workers: ReadonlyMap<HostId, WorkerView> | undefined;
  private readonly silent = new Map<HostId, Instant>();

  constructor(
    private readonly bus: Bus,
    private readonly ledger: HostLedger,
    private readonly now: () => Instant,
    private readonly drifts: DriftLedger,
    private readonly isFrozen: () => boolean,
  ) {}

  containersOn(host: Pick<Host, 'hostId'>): number {
    return this.workers?.get(host.hostId)?.containers ?? 0;
  }

  /** Whether its worker was there at the last look; nobody knows better before the first one. */
  isAtWork({ hostId }: Pick<Host, 'hostId'>): boolean {
    return this.workers === undefined || this.isPresent(hostId);
  }

  isPresent(hostId: HostId): boolean {
    return this.workers?.get(hostId)?.status === 'present';
  }

  /** Whether the scheduler gives it nothing new. */
  isLeaving(hostId: HostId): boolean {
    return this.workers?.get(hostId)?.leaving !== undefined;
  }

  /** Throws where the scheduler does not answer: nothing is known then. */
  async look(offers: ReadonlyMap<string, Offer>): Promise<void> {
    const workers = await listWorkers(this.bus);
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
        frozen: this.isFrozen(),
      });
      drifts.push(...found.drifts);
      return found.events;
    }, at);
    await this.drifts.note(WORKERS, drifts, at);
  }

  /** Remembers since when a worker that had joined is not there. */
  private listen(at: Instant): void {
    for (const host of this.ledger.live) {
      if (this.isPresent(host.hostId) || !('joinedAt' in host)) this.silent.delete(host.hostId);
      else if (!this.silent.has(host.hostId)) this.silent.set(host.hostId, at);
    }
  }
}
