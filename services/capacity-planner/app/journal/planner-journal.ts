import type { PostgresEventLog } from '@slipway/event-store';
import { storable, type Fence, type Instant, type NewEvent, type StoredEvent } from '@slipway/kernel';

/** An event of the planner's own log, as a fold sees it. */
export type PlannerEvent = Readonly<{ type: string; data: unknown }>;
export type PlannerLog = Pick<PostgresEventLog, 'append' | 'read' | 'versionsOf'>;
export type FoldEvent = (event: StoredEvent) => void;

const BATCH = 5_000;

/**
 * The planner's log of record: one writer, one append at a time. What was appended is durable before it is folded, so that a state
 * never tells of what the log may not have. How far each stream is it asks the log: there is one for each plan and host that ever was.
 */
export class PlannerJournal {
  private readonly folds: FoldEvent[] = [];
  /** Of the newest event that was folded; 0 before the first. */
  lastPosition = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: PlannerLog,
    private readonly fence: Fence,
    private readonly onAppended: (events: readonly StoredEvent[]) => void = () => undefined,
  ) {}

  /** Has every event folded from now on; call it before `replay`. */
  foldInto(fold: FoldEvent): void {
    this.folds.push(fold);
  }

  /** Folds the log from its beginning, or what follows on a position that the folds' states are of already. */
  async replay(afterPosition = 0): Promise<void> {
    this.lastPosition = afterPosition;
    for (;;) {
      const events = await this.log.read(this.lastPosition, BATCH);
      events.forEach((event) => this.take(event));
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
      const versions = new Map(await this.log.versionsOf([...new Set(events.map(streamOf))]));
      const rows = events.map((event): NewEvent => {
        const stream = streamOf(event);
        const version = (versions.get(stream) ?? 0) + 1;
        versions.set(stream, version);
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
    this.lastPosition = event.position;
    for (const fold of this.folds) fold(event);
  }
}
