import type { LineCounts } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { LogStream } from './log-filter.js';
import type { TimeRange } from './log-line.js';

export type LineBucket = Readonly<{ startsAt: number }> & Record<LogStream, number>;

const MOST_BUCKETS = 20_000;

/** Counts lines in spans of equal length that begin at multiples of it; spans without a line are there too. */
export class LineBuckets {
  private constructor(
    private readonly buckets: readonly LineBucket[],
    private readonly lengthMs: number,
  ) {}

  static over({ since, until }: TimeRange, bucketSeconds: number): LineBuckets | Refusal {
    if (bucketSeconds < 1)
      return refuse('invalid', 'bucket-too-short', `bucket_secs is ${bucketSeconds}, but must be at least 1`);
    const lengthMs = bucketSeconds * 1000;
    const first = Math.floor(since / lengthMs);
    const count = Math.max(0, Math.ceil(until / lengthMs) - first);
    if (count > MOST_BUCKETS)
      return refuse(
        'invalid',
        'too-many-buckets',
        `bucket_secs is ${bucketSeconds}, which makes ${count} buckets, but at most ${MOST_BUCKETS} are counted: ` +
          'ask for longer buckets or a shorter time',
      );
    const buckets = Array.from({ length: count }, (_, index) => ({
      startsAt: (first + index) * lengthMs,
      stdout: 0,
      stderr: 0,
      info: 0,
    }));
    return new LineBuckets(buckets, lengthMs);
  }

  /** Lines outside the span are left out. A second is never cut: buckets are whole seconds. */
  add({ second, ...counts }: LineCounts, only?: LogStream): void {
    const [first] = this.buckets;
    const bucket = first && this.buckets[Math.floor((second * 1000 - first.startsAt) / this.lengthMs)];
    if (bucket === undefined) return;
    for (const stream of ['stdout', 'stderr', 'info'] as const)
      if (only === undefined || only === stream) bucket[stream] += counts[stream];
  }

  get all(): readonly LineBucket[] {
    return this.buckets;
  }
}
