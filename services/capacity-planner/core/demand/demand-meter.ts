import type { Instant } from '@slipway/kernel';
import { SERIES_STEP_MS } from './demand-series.js';

/** One step of all series: containers wanted on average, by demand key. A key that is not in it wanted none. */
export type MeteredStep = Readonly<{
  startsAt: Instant;
  containers: Readonly<Record<string, number>>;
  /** Of them, those that no host had room for; left out where that was not metered. */
  lacking?: Readonly<Record<string, number>>;
}>;

/** Nobody knows what happened in a longer silence than this: its steps are holes. */
const LONGEST_SILENCE_MS = 6 * 3_600_000;
/** A clock that is further back than this was set; anything less is two clocks that differ. */
const CLOCK_WAS_SET_MS = 10 * 60_000;
/** A step of which less was seen says nothing. */
const LEAST_SEEN = 0.5;

/** Averages levels over steps of time. Time may stand still or jump either way: what was not seen becomes a hole, never a guess. */
export class DemandMeter {
  private levels: ReadonlyMap<string, number> = new Map();
  private readonly areas = new Map<string, number>();
  private seenMs = 0;
  private cursor: Instant | undefined;

  constructor(private readonly stepMs: number = SERIES_STEP_MS) {}

  /** From `at` on these levels hold, by demand key. Answers the steps that were finished meanwhile. */
  set(levels: ReadonlyMap<string, number>, at: Instant): readonly MeteredStep[] {
    const finished = this.advance(at);
    this.levels = levels;
    return finished;
  }

  /** Time has passed until `at`. Answers the steps that were finished meanwhile. */
  advance(at: Instant): readonly MeteredStep[] {
    if (!Number.isFinite(at)) return [];
    if (this.cursor === undefined || at - this.cursor > LONGEST_SILENCE_MS) return this.startAt(at);
    if (at < this.cursor) return this.cursor - at > CLOCK_WAS_SET_MS ? this.startAt(at) : [];
    const finished: MeteredStep[] = [];
    while (this.cursor < at) {
      const stepStart = Math.floor(this.cursor / this.stepMs) * this.stepMs;
      const until = Math.min(at, stepStart + this.stepMs);
      this.count(until - this.cursor);
      this.cursor = until;
      if (until === stepStart + this.stepMs) finished.push(...this.finish(stepStart));
    }
    return finished;
  }

  private startAt(at: Instant): readonly [] {
    this.cursor = at;
    this.areas.clear();
    this.seenMs = 0;
    return [];
  }

  private count(spanMs: number): void {
    this.seenMs += spanMs;
    for (const [key, level] of this.levels) this.areas.set(key, (this.areas.get(key) ?? 0) + level * spanMs);
  }

  private finish(startsAt: Instant): readonly MeteredStep[] {
    const { seenMs } = this;
    const containers = Object.fromEntries(
      [...this.areas].filter(([, area]) => area > 0).map(([key, area]) => [key, thousandths(area / seenMs)]),
    );
    this.areas.clear();
    this.seenMs = 0;
    return seenMs < LEAST_SEEN * this.stepMs ? [] : [{ startsAt, containers }];
  }
}

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
