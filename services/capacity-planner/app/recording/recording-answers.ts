import type { AnswerOf, AskOf } from '@slipway/contracts';
import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import { KeptRecordings } from './kept-recordings.js';
import { unpackRows } from './packed-rows.js';
import { recordInThread } from './record-in-thread.js';
import { recordingAsk, type RecordingParts } from './recording-ask.js';

const LONGEST_MS = 31 * 86_400_000;
/** Hands recorded periods out, page by page. */
export class RecordingAnswers {
  private readonly recordings: KeptRecordings;

  constructor(
    parts: RecordingParts,
    private readonly now: () => Instant,
    record: typeof recordInThread = recordInThread,
  ) {
    this.recordings = new KeptRecordings((from, until) => record(recordingAsk(parts, from, until)));
  }

  async get({
    from,
    until,
    offset,
    limit,
  }: AskOf<'capacity-planner.get-recorded-period'>): Promise<
    AnswerOf<'capacity-planner.get-recorded-period'>
  > {
    this.refuseWrong(from, until);
    const rows = await this.recordings.get(from, until);
    return { total: rows.ends.length, rows: unpackRows(rows, offset, limit) };
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
