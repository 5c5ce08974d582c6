import type { Instant } from '@slipway/kernel';
import type { Fact, FunctionId, HostLabels, TaskId, WorkerId } from '@slipway/contracts';
import { noneOnTheirWay, type OnTheirWay } from '../acting/on-its-way.js';
import { Placements, type PlacedCount } from './placements.js';

/** Containers of a group: on hosts that were bought, on machines of the site's own, and those that no worker has room for. */
export type Wanted = Readonly<{ bought: number; own: number; lacking: number }>;

/** What has to be bought for: a site's own machines are filled first. */
export const toBuyFor = ({ bought, lacking }: Wanted): number => bought + lacking;

/** The ledger as plain data. */
export type DemandLedgerState = Readonly<{
  tasks: readonly (readonly [TaskId, Readonly<{ demandKey: string; workerId: WorkerId }>])[];
  lacks: readonly (readonly [FunctionId, Readonly<{ demandKey: string; containers: number }>])[];
  hosts: readonly (readonly [WorkerId, HostLabels])[];
  /** Who said where the containers of the last hour went. */
  placements?: readonly PlacedCount[];
}>;

/**
 * What containers are wanted now, by demand key, as the scheduler's facts tell it: a fold. A fact that comes twice changes
 * nothing, and one of something that was never heard of is let go by.
 */
export class DemandLedger {
  private readonly tasks: Map<TaskId, Readonly<{ demandKey: string; workerId: WorkerId }>>;
  private readonly lacks: Map<FunctionId, Readonly<{ demandKey: string; containers: number }>>;
  private readonly hosts: Map<WorkerId, HostLabels>;
  private readonly placements: Placements;

  constructor(state?: DemandLedgerState) {
    this.tasks = new Map(state?.tasks);
    this.lacks = new Map(state?.lacks);
    this.hosts = new Map(state?.hosts);
    this.placements = new Placements(state?.placements);
  }

  fold(fact: Fact, onTheirWay: OnTheirWay = noneOnTheirWay): void {
    switch (fact.type) {
      case 'task-created':
        if (fact.demandKey === undefined) return;
        if (!this.tasks.has(fact.taskId))
          this.placements.fold(fact, this.hosts.get(fact.workerId)?.offerId, onTheirWay);
        this.tasks.set(fact.taskId, { demandKey: fact.demandKey, workerId: fact.workerId });
        return;
      case 'task-ended':
        this.tasks.delete(fact.taskId);
        return;
      case 'room-lacked':
        this.lacks.set(fact.functionId, { demandKey: fact.demandKey, containers: fact.containers });
        return;
      case 'room-found':
        this.lacks.delete(fact.functionId);
        return;
      case 'worker-joined':
        if (fact.capacity.host === undefined) this.hosts.delete(fact.workerId);
        else this.hosts.set(fact.workerId, fact.capacity.host);
        return;
      case 'worker-lost':
        this.hosts.delete(fact.workerId);
        return;
      default:
    }
  }

  /** By demand key; groups that want nothing are not in it. */
  wanted(): ReadonlyMap<string, Wanted> {
    const wanted = new Map<string, { bought: number; own: number; lacking: number }>();
    const of = (demandKey: string) => {
      const known = wanted.get(demandKey) ?? { bought: 0, own: 0, lacking: 0 };
      wanted.set(demandKey, known);
      return known;
    };
    for (const { demandKey, workerId } of this.tasks.values())
      of(demandKey)[this.hosts.has(workerId) ? 'bought' : 'own'] += 1;
    for (const { demandKey, containers } of this.lacks.values()) of(demandKey).lacking += containers;
    return wanted;
  }

  /** Containers of each group on hosts of each offer; those on a site's own machines are in no offer. */
  running(): readonly Readonly<{ demandKey: string; offerId: string; containers: number }>[] {
    const counts = new Map<string, { demandKey: string; offerId: string; containers: number }>();
    for (const { demandKey, workerId } of this.tasks.values()) {
      const offerId = this.hosts.get(workerId)?.offerId;
      if (offerId === undefined) continue;
      const key = JSON.stringify([demandKey, offerId]);
      const count = counts.get(key) ?? { demandKey, offerId, containers: 0 };
      counts.set(key, { ...count, containers: count.containers + 1 });
    }
    return [...counts.values()];
  }

  /** Bought hosts that have joined, each with what runs on it. */
  standing(): readonly Readonly<{ offerId: string; containers: ReadonlyMap<string, number> }>[] {
    const nodes = new Map(
      [...this.hosts].map(([workerId, { offerId }]) => [
        workerId,
        { offerId, containers: new Map<string, number>() },
      ]),
    );
    for (const { demandKey, workerId } of this.tasks.values()) {
      const containers = nodes.get(workerId)?.containers;
      containers?.set(demandKey, (containers.get(demandKey) ?? 0) + 1);
    }
    return [...nodes.values()];
  }

  /** Bought hosts that have joined, by offer. */
  joinedHosts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { offerId } of this.hosts.values()) counts.set(offerId, (counts.get(offerId) ?? 0) + 1);
    return counts;
  }

  /** Who said where containers went in the hour before `at`. */
  placedLately(at: Instant): readonly PlacedCount[] {
    return this.placements.lately(at);
  }

  toState(): DemandLedgerState {
    return {
      ...{ tasks: [...this.tasks], lacks: [...this.lacks], hosts: [...this.hosts] },
      placements: this.placements.toState(),
    };
  }
}
