import {
  LINE_COUNTS_HEADER,
  LOGS_STREAM,
  lineCountsOf,
  readLineCounts,
  type LogBatch,
} from '@slipway/contracts';
import { accepted } from '@slipway/kernel';
import {
  countsByHeader,
  LineBuckets,
  linesOf,
  NewestLines,
  textsWithin,
  windowsBack,
  type LineBucket,
  type LogLine,
  type TimeRange,
} from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import type { JsMsg } from 'nats';
import { FairTurns } from '../streams/fair-turns.js';
import { scanStream } from '../streams/scan-stream.js';
import type { LogSource } from './log-source.js';

/** A line is stored a moment after it was written; this much later at most, unless the bus was away. */
const STORED_WITHIN_MS = 10_000;
/** The clocks of hosts may differ by this. */
const CLOCKS_DIFFER_MS = 2_000;

/** A scan reads much at once, and may take long; a client asks for thirty at a time. */
const SCANS = { atOnce: 8, ofOneKey: 2, keptForOthers: 4 };

/** What is read of a log; nobody waits for it any more when it is cancelled. */
export type Reading = Readonly<{ source: LogSource; range: TimeRange; cancelled: AbortSignal }>;

/** What was said, read from the stream LOGS by subject and time. */
export class LogHistory {
  private readonly turns = new FairTurns(SCANS);

  constructor(private readonly bus: Bus) {}

  /**
   * The newest lines of a span of time, at most `limit` and at most what one answer may hold, in the order in which they were
   * written; those that the stream took after `lastSequence` are left to whoever follows it from there.
   */
  newest(reading: Reading, limit: number, lastSequence = Infinity): Promise<readonly LogLine[]> {
    return this.inTurn(reading, async () => {
      const { source, range } = reading;
      const newest = new NewestLines(limit);
      for (const window of windowsBack(storedRange(range))) {
        if (newest.isFull) break;
        const older = newest.before();
        for await (const message of this.scan(reading, window, 'whole')) {
          if (message.seq > lastSequence) break;
          if (!mayHold(message, source)) continue;
          for (const line of linesOf(message.json<LogBatch>(), source.filter, range)) older.add(line);
        }
        newest.prepend(older);
      }
      return newest.all;
    });
  }

  /** How many lines there are in each part of a span of time. Throws RefusedError where the parts are too small or too many. */
  count(reading: Reading, bucketSeconds: number): Promise<readonly LineBucket[]> {
    return this.inTurn(reading, async () => {
      const { source, range } = reading;
      const buckets = accepted(LineBuckets.over(range, bucketSeconds));
      const { filter } = source;
      const byHeader = countsByHeader(filter);
      for await (const message of this.scan(reading, storedRange(range), byHeader ? 'headers' : 'whole')) {
        if (!byHeader && !mayHold(message, source)) continue;
        const counts = byHeader
          ? readLineCounts(message.headers?.get(LINE_COUNTS_HEADER) ?? '')
          : lineCountsOf(linesOf(message.json<LogBatch>(), filter, range));
        for (const ofSecond of counts) buckets.add(ofSecond, filter.stream);
      }
      return buckets.all;
    });
  }

  private async inTurn<Answer>({ source, cancelled }: Reading, read: () => Promise<Answer>): Promise<Answer> {
    const end = await this.turns.take(source.app.workspaceId, cancelled);
    try {
      return await read();
    } finally {
      end();
    }
  }

  private scan({ source, cancelled }: Reading, { since, until }: TimeRange, content: 'whole' | 'headers') {
    return scanStream(this.bus.connection, {
      stream: LOGS_STREAM,
      subjects: [source.subject],
      content,
      cancelled,
      sinceMs: since,
      untilMs: until,
    });
  }
}

const storedRange = ({ since, until }: TimeRange): TimeRange => ({
  since: Math.max(0, since - CLOCKS_DIFFER_MS),
  until: until + STORED_WITHIN_MS,
});

/** The last message of an app has no lines, nor the header that counts them. */
const mayHold = ({ headers, data }: JsMsg, { filter }: LogSource): boolean => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  return (
    headers?.has(LINE_COUNTS_HEADER) === true && textsWithin(filter).every((text) => bytes.includes(text))
  );
};
