import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError, type EventLog, type StoredEvent } from '@slipway/kernel';
import { factOf } from '../journal/fact-of.js';

/** Subjects of which there may be no event yet. */
const STANDING: ReadonlySet<string> = new Set(['control', 'catalogue', 'failures']);

/** What happened, from the planner's own log: it forgets nothing. */
export class EventAnswers {
  constructor(
    private readonly log: Pick<EventLog, 'read' | 'readStreamBefore'>,
    private readonly lastPosition: () => number,
  ) {}

  async list({
    of,
    beforePosition,
    limit,
  }: AskOf<'capacity-planner.list-events'>): Promise<AnswerOf<'capacity-planner.list-events'>> {
    const found =
      of === undefined
        ? await this.allBefore(beforePosition, limit + 1)
        : await this.ofSubject(of, beforePosition, limit + 1);
    const page = found.slice(0, limit);
    const isLast = found.length <= limit;
    return {
      events: page.map((event) => ({ position: event.position, fact: factOf(event) })),
      ...(isLast ? {} : { nextBeforePosition: page.at(-1)!.position }),
    };
  }

  /** Positions have no gaps. */
  private async allBefore(beforePosition: number = Infinity, limit: number): Promise<readonly StoredEvent[]> {
    const last = Math.min(this.lastPosition(), beforePosition - 1);
    const first = Math.max(0, last - limit);
    return last <= first ? [] : (await this.log.read(first, last - first)).toReversed();
  }

  private async ofSubject(
    of: string,
    beforePosition: number | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    if (STANDING.has(of)) return this.log.readStreamBefore(of, beforePosition, limit);
    const streams = [`plan-${of}`, `host-${of}`, `drift-${of}`];
    const events = await this.newestOf(streams, beforePosition, limit);
    if (events.length === 0 && (await this.newestOf(streams, undefined, 1)).length === 0)
      throw new RefusedError(
        refuse(
          'not-found',
          'no-such-subject',
          `The log knows nothing of '${of}'; it is asked for a host, a plan, control, catalogue or failures.`,
        ),
      );
    return events;
  }

  private async newestOf(
    streams: readonly string[],
    beforePosition: number | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    const found = await Promise.all(
      streams.map((stream) => this.log.readStreamBefore(stream, beforePosition, limit)),
    );
    return found
      .flat()
      .toSorted((a, b) => b.position - a.position)
      .slice(0, limit);
  }
}
