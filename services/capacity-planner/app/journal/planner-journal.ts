import {
  storable,
  type EventLog,
  type Fence,
  type Instant,
  type NewEvent,
  type StoredEvent,
} from '@slipway/kernel';

/** An event of the planner's own log, as a fold sees it. */
export type PlannerEvent = Readonly<{ type: string; data: unknown }>;
export type FoldEvent = (event: StoredEvent) => void;

const BATCH = 5_000;

/**
 * The planner's log of record: one writer, one append at a time. What was appended is durable before it is folded, so that a state
 * never tells of what the log may not have.
 */
export class PlannerJournal {
  private readonly versions = new Map<string, number>();
  private readonly folds: FoldEvent[] = [];
  /** Of the newest event that was folded; 0 before the first. */
  lastPosition = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: Pick<EventLog, 'append' | 'read'>,
    private readonly fence: Fence,
    private readonly onAppended: (events: readonly StoredEvent[]) => void = () => undefined,
  ) {}

  /** Has every event folded from now on; call it before `replay`. */
  foldInto(fold: FoldEvent): void {
    this.folds.push(fold);
  }

  /** Folds the whole log. */
  async replay(): Promise<void> {
    let position = 0;
    for (;;) {
      const events = await this.log.read(position, BATCH);
      for (const event of events) {
        this.take(event);
        position = event.position;
      }
      if (events.length < BATCH) return;
    }
  }

  /**
   * Decides and records, with nobody else in between: `decide` sees the state that all earlier records left. Answers what was recorded,
   * once it is durable. What `decide` throws is thrown, and nothing is recorded.
   */
  record<Event extends PlannerEvent>(
    streamOf: (event: Event) => string,
    decide: () => readonly Event[],
    at: Instant,
  ): Promise<readonly Event[]> {
    const recorded = this.last.then(async () => {
      const events = storable(decide());
      if (events.length === 0) return events;
      const fresh = new Map<string, number>();
      const rows = events.map((event): NewEvent => {
        const stream = streamOf(event);
        const version = (fresh.get(stream) ?? this.versions.get(stream) ?? 0) + 1;
        fresh.set(stream, version);
        return { stream, version, type: event.type, data: event.data, at: Math.round(at) };
      });
      const end = await this.log.append(rows, this.fence);
      const stored = rows.map((row, index) => ({ ...row, position: end - rows.length + 1 + index }));
      stored.forEach((event) => this.take(event));
      this.onAppended(stored);
      return events;
    });
    this.last = recorded.catch(() => undefined);
    return recorded;
  }

  private take(event: StoredEvent): void {
    this.versions.set(event.stream, event.version);
    this.lastPosition = event.position;
    for (const fold of this.folds) fold(event);
  }
}
