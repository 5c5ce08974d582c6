import type { Instant } from '@slipway/kernel';
import type { PackedRows } from './packed-rows.js';

/** So long a recording is kept for whoever asks for its next page. */
const KEPT_MS = 60_000;
/** A recording of a month may be large. */
const MOST_KEPT = 4;

type Rows = Promise<PackedRows>;
type Recording = Readonly<{ rows: Rows; forgetting: NodeJS.Timeout }>;

/** Recordings of which pages were just asked for, by their period: each is made once, whoever else pages through another one. */
export class KeptRecordings {
  private readonly kept = new Map<string, Recording>();

  constructor(private readonly make: (from: Instant, until: Instant) => Rows) {}

  get(from: Instant, until: Instant): Rows {
    const period = `${from}/${until}`;
    const rows = this.kept.get(period)?.rows ?? this.begin(period, from, until);
    this.forget(period, rows);
    const forgetting = setTimeout(() => this.forget(period, rows), KEPT_MS).unref();
    this.kept.set(period, { rows, forgetting });
    for (const [oldest, { rows: others }] of this.kept)
      if (this.kept.size > MOST_KEPT) this.forget(oldest, others);
    return rows;
  }

  private begin(period: string, from: Instant, until: Instant): Rows {
    const rows = this.make(from, until);
    rows.catch(() => this.forget(period, rows));
    return rows;
  }

  /** Unless another one was made of the period meanwhile. */
  private forget(period: string, rows: Rows): void {
    const recording = this.kept.get(period);
    if (recording?.rows !== rows) return;
    clearTimeout(recording.forgetting);
    this.kept.delete(period);
  }
}
