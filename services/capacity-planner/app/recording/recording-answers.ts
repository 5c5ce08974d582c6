import type { TraceRow } from '@slipway/capacity-planner-core';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import { recordFromStores, type RecordingParts } from './record-from-stores.js';

const LONGEST_MS = 31 * 86_400_000;
/** So long a recording is kept for whoever asks for its next page. */
const KEPT_MS = 60_000;

type Recording = Readonly<{ from: Instant; until: Instant; rows: Promise<readonly TraceRow[]> }>;

/** Hands recorded periods out, page by page. */
export class RecordingAnswers {
  private last: Recording | undefined;
  private forgetting: NodeJS.Timeout | undefined;

  constructor(
    private readonly parts: RecordingParts,
    private readonly now: () => Instant,
  ) {}

  async get({
    from,
    until,
    offset,
    limit,
  }: AskOf<'capacity-planner.get-recorded-period'>): Promise<
    AnswerOf<'capacity-planner.get-recorded-period'>
  > {
    this.refuseWrong(from, until);
    const rows = await this.recorded(from, until);
    return { total: rows.length, rows: rows.slice(offset, offset + limit) };
  }

  /** Made once for all pages. */
  private recorded(from: Instant, until: Instant): Promise<readonly TraceRow[]> {
    if (this.last?.from !== from || this.last.until !== until) {
      const rows = recordFromStores(this.parts, from, until);
      rows.catch(() => (this.last = undefined));
      this.last = { from, until, rows };
    }
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (this.last = undefined), KEPT_MS).unref();
    return this.last.rows;
  }

  private refuseWrong(from: Instant, until: Instant): void {
    const text = (at: Instant): string => new Date(at).toISOString();
    if (until > this.now())
      throw wrong(
        `until is ${text(until)}, which is to come; a recorded period ends at ${text(this.now())} at the latest.`,
      );
    if (from >= until) throw wrong(`from is ${text(from)}, which is not before until, ${text(until)}.`);
    if (until - from > LONGEST_MS)
      throw wrong(`from is ${text(from)} and until ${text(until)}; a recorded period has 31 days at most.`);
  }
}

const wrong = (message: string): RefusedError =>
  new RefusedError(refuse('invalid', 'recorded-period', message));
