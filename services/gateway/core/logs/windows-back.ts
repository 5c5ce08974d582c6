import type { TimeRange } from './log-line.js';

const FIRST_WINDOW_MS = 2_000;
const GROWTH = 8;

/**
 * A stretch of time cut in windows, the newest first, each longer than the one before: whoever looks for the newest
 * lines of a busy app reads little, and of a quiet one asks little.
 */
export function* windowsBack({ since, until }: TimeRange): Generator<TimeRange> {
  for (let end = until, lengthMs = FIRST_WINDOW_MS; end > since; lengthMs *= GROWTH) {
    const start = Math.max(since, end - lengthMs);
    yield { since: start, until: end };
    end = start;
  }
}
