import { storable, type Instant, type NewEvent } from '@slipway/kernel';
import { foldEvent } from './hot-state/fold-event.js';
import type { HotState } from './hot-state/hot-state.js';
import type { SchedulerPorts } from './ports.js';
import { streamOf, type SchedulerEvent } from './scheduler-event.js';

/**
 * Group commit. An event changes the hot state at once; what it leads to outside (an answer, a signal) waits for
 * the commit that holds it. While one commit is on its way all events gather for the next.
 */
export class Journal {
  private open: NewEvent[] = [];
  private writing: readonly NewEvent[] = [];
  private openCommitted = deferred();
  private committing = false;
  private inFlight: Promise<void> | undefined;

  constructor(
    private readonly state: HotState,
    private readonly ports: Pick<SchedulerPorts, 'append' | 'yieldTurn' | 'fenced'>,
  ) {}

  /** Answers the events as they were recorded: as the log can hold them, so that state, log and facts say the same. */
  record<Event extends SchedulerEvent>(events: readonly Event[], at: Instant): readonly Event[] {
    const recorded = storable(events);
    for (const event of recorded) {
      const stream = streamOf(event);
      const version = (this.state.versions.get(stream) ?? 0) + 1;
      this.state.versions.set(stream, version);
      foldEvent(this.state, event, at);
      this.open.push({ stream, version, type: event.type, data: event.data, at });
    }
    if (recorded.length > 0 && !this.committing) void this.commitAll();
    return recorded;
  }

  /** Resolves when everything recorded so far is durable. */
  committed(): Promise<void> {
    if (this.open.length > 0) return this.openCommitted.promise;
    return this.inFlight ?? Promise.resolve();
  }

  /** Whether the hot state is exactly what the log says. */
  isSettled(): boolean {
    return !this.committing && this.open.length === 0;
  }

  /** The streams of which the log does not hold everything yet. */
  unwritten(): ReadonlySet<string> {
    return new Set([...this.writing, ...this.open].map(({ stream }) => stream));
  }

  private async commitAll(): Promise<void> {
    this.committing = true;
    try {
      while (this.open.length > 0) {
        await this.ports.yieldTurn();
        const { open, openCommitted } = this;
        this.open = [];
        this.writing = open;
        this.openCommitted = deferred();
        this.inFlight = openCommitted.promise;
        await this.ports.append(open);
        openCommitted.resolve();
      }
      this.writing = [];
      this.committing = false;
      this.inFlight = undefined;
    } catch (error) {
      // What was recorded may be lost, and answers would tell of it: none leaves any more.
      this.inFlight = new Promise(() => undefined);
      this.ports.fenced(error);
    }
  }
}

type Deferred = { promise: Promise<void>; resolve: () => void };

const deferred = (): Deferred => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
};
