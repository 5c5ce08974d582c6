import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError, type EventLog, type StoredEvent } from '@slipway/kernel';
import { factOf } from '../journal/fact-of.js';

/** Subjects of which there may be no event yet. */
const STANDING: ReadonlySet<string> = new Set(['control', 'catalogue', 'failures']);

/** What happened, from the planner's own log: it forgets nothing. */
export class EventAnswers {
  constructor(
    private readonly log: Pick<EventLog, 'read' | 'readStream'>,
    private readonly lastPosition: () => number,
  ) {}

  async list({
    of,
    beforePosition = Infinity,
    limit,
  }: AskOf<'capacity-planner.list-events'>): Promise<AnswerOf<'capacity-planner.list-events'>> {
    const found = of === undefined ? await this.allBefore(beforePosition, limit) : await this.ofSubject(of);
    const before = found.filter(({ position }) => position < beforePosition);
    const page = before.slice(-limit).toReversed();
    const oldest = page.at(-1)?.position ?? 0;
    const isLast = of === undefined ? oldest <= 1 : before.length <= limit;
    return {
      events: page.map((event) => ({ position: event.position, fact: factOf(event) })),
      ...(isLast ? {} : { nextBeforePosition: oldest }),
    };
  }

  /** Positions have no gaps. */
  private async allBefore(beforePosition: number, limit: number): Promise<readonly StoredEvent[]> {
    const last = Math.min(this.lastPosition(), beforePosition - 1);
    const first = Math.max(0, last - limit);
    return last <= first ? [] : this.log.read(first, last - first);
  }

  private async ofSubject(of: string): Promise<readonly StoredEvent[]> {
    const streams = STANDING.has(of) ? [of] : [`plan-${of}`, `host-${of}`, `drift-${of}`];
    const events = (await Promise.all(streams.map((stream) => this.log.readStream(stream)))).flat();
    if (events.length === 0 && !STANDING.has(of))
      throw new RefusedError(
        refuse(
          'not-found',
          'no-such-subject',
          `The log knows nothing of '${of}'; it is asked for a host, a plan, control, catalogue or failures.`,
        ),
      );
    return events.toSorted((a, b) => a.position - b.position);
  }
}
