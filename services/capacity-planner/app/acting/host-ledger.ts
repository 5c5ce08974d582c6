import {
  evolveHost,
  isOver,
  learn,
  type Host,
  type HostEvent,
  type HostId,
  type Lesson,
  type MarketLessons,
  type OfferId,
} from '@slipway/capacity-planner-core';
import type { Instant, StoredEvent } from '@slipway/kernel';
import type { PlannerJournal } from '../journal/planner-journal.js';

const STREAM = 'host-';
/** An ended host is known for so long: bills of a month are compared with it. */
const REMEMBERED_MS = 35 * 86_400_000;

/** What a snapshot holds of it. */
export type LedgerSoFar = Readonly<{
  hosts: readonly Host[];
  lessons: readonly (readonly [OfferId, Lesson])[];
}>;

/** Every host that we asked for, and what our starts taught, as the planner's log tells it. */
export class HostLedger {
  private readonly known = new Map<HostId, Host>();
  /** Hosts that are not over, by offer. */
  private readonly liveOf = new Map<OfferId, Set<HostId>>();
  lessons: MarketLessons = new Map();
  /** When each vendor last said which hosts of ours it has. */
  readonly vendorsSeenAt = new Map<string, Instant>();

  constructor(private readonly journal: PlannerJournal) {
    journal.foldInto((event) => this.fold(event));
  }

  get soFar(): LedgerSoFar {
    return { hosts: this.hosts, lessons: [...this.lessons] };
  }

  set soFar({ hosts, lessons }: LedgerSoFar) {
    for (const host of hosts) {
      this.known.set(host.hostId, host);
      this.othersLive(host);
    }
    this.lessons = new Map(lessons);
  }

  get hosts(): readonly Host[] {
    return [...this.known.values()];
  }

  get live(): readonly Host[] {
    return this.hosts.filter((host) => !isOver(host));
  }

  find(hostId: HostId): Host | undefined {
    return this.known.get(hostId);
  }

  /** Decides on the newest state and records what follows. Throws a refusal. */
  record(decide: () => readonly HostEvent[], at: Instant): Promise<readonly HostEvent[]> {
    return this.journal.record((event: HostEvent) => `${STREAM}${event.data.hostId}`, decide, at);
  }

  /** Lets hosts go that ended long ago; the log keeps them. */
  forgetBefore(at: Instant): void {
    for (const host of this.known.values())
      if (isOver(host) && host.endedAt < at - REMEMBERED_MS) this.known.delete(host.hostId);
  }

  private fold({ stream, type, data, at }: StoredEvent): void {
    if (!stream.startsWith(STREAM)) return;
    const event = { type, data } as HostEvent;
    const { hostId } = event.data;
    const host = evolveHost(this.known.get(hostId), event, at);
    this.known.set(hostId, host);
    const others = this.othersLive(host);
    this.lessons = learn(this.lessons, host, event, { at, heldNodes: others });
  }

  /** How many other hosts of its offer there are. */
  private othersLive(host: Host): number {
    const { hostId, offerId } = host;
    const live = this.liveOf.get(offerId) ?? new Set();
    this.liveOf.set(offerId, live);
    live.delete(hostId);
    const others = live.size;
    if (!isOver(host)) live.add(hostId);
    return others;
  }
}
