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
  textsWithin,
  windowsBack,
  type LineBucket,
  type LogLine,
  type TimeRange,
} from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import type { JsMsg } from 'nats';
import { scanStream } from '../streams/scan-stream.js';
import type { LogSource } from './log-source.js';

/** A line is stored a moment after it was written; this much later at most, unless the bus was away. */
const STORED_WITHIN_MS = 10_000;
/** The clocks of hosts may differ by this. */
const CLOCKS_DIFFER_MS = 2_000;

/** What was said, read from the stream LOGS by subject and time. */
export class LogHistory {
  constructor(private readonly bus: Bus) {}

  /**
   * The newest lines of a span of time, at most `limit`, in the order in which they were written; those that the stream
   * took after `lastSequence` are left to whoever follows it from there.
   */
  async newest(
    source: LogSource,
    range: TimeRange,
    limit: number,
    lastSequence = Infinity,
  ): Promise<readonly LogLine[]> {
    if (limit === 0) return [];
    let lines: LogLine[] = [];
    for (const window of windowsBack(storedRange(range))) {
      const older: LogLine[] = [];
      for await (const message of this.scan(source, window, 'whole')) {
        if (message.seq > lastSequence) break;
        if (!mayHold(message, source)) continue;
        for (const line of linesOf(message.json<LogBatch>(), source.filter, range)) older.push(line);
        if (older.length > 2 * limit) older.splice(0, older.length - limit);
      }
      lines = [...older, ...lines];
      if (lines.length >= limit) break;
    }
    return lines.toSorted((one, other) => one.at - other.at).slice(-limit);
  }

  /** How many lines there are in each part of a span of time. Throws RefusedError where the parts are too small or too many. */
  async count(source: LogSource, range: TimeRange, bucketSeconds: number): Promise<readonly LineBucket[]> {
    const buckets = accepted(LineBuckets.over(range, bucketSeconds));
    const { filter } = source;
    const byHeader = countsByHeader(filter);
    for await (const message of this.scan(source, storedRange(range), byHeader ? 'headers' : 'whole')) {
      if (!byHeader && !mayHold(message, source)) continue;
      const counts = byHeader
        ? readLineCounts(message.headers?.get(LINE_COUNTS_HEADER) ?? '')
        : lineCountsOf(linesOf(message.json<LogBatch>(), filter, range));
      for (const ofSecond of counts) buckets.add(ofSecond, filter.stream);
    }
    return buckets.all;
  }

  private scan({ subject }: LogSource, { since, until }: TimeRange, content: 'whole' | 'headers') {
    return scanStream(this.bus.connection, {
      stream: LOGS_STREAM,
      subjects: [subject],
      content,
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
