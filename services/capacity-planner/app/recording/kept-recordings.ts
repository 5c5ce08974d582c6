import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { PackedRows } from './packed-rows.js';

/** So long a recording is kept for whoever asks for its next page. */
const KEPT_MS = 60_000;
/** A recording of a month may be large. */
const MOST_KEPT = 4;
/** Each takes a thread and connections to the database. */
const MOST_MADE_AT_ONCE = 2;

type Rows = Promise<PackedRows>;

/**
 * Recordings of which pages were just asked for, by their period: each is made once, whoever else pages through another one, and is
 * kept from when its rows are there. Rejects with a refusal where enough others are being made.
 */
export class KeptRecordings {
  private readonly making = new Map<string, Rows>();
  /** The one that nobody asked for the longest is the first. */
  private readonly kept = new Map<string, Readonly<{ rows: Rows; forgetting: NodeJS.Timeout }>>();

  constructor(private readonly make: (from: Instant, until: Instant) => Rows) {}

  async get(from: Instant, until: Instant): Rows {
    const period = `${from}/${until}`;
    const kept = this.kept.get(period);
    if (kept !== undefined) this.keep(period, kept.rows);
    return kept?.rows ?? this.making.get(period) ?? this.begin(period, from, until);
  }

  private begin(period: string, from: Instant, until: Instant): Rows {
    if (this.making.size === MOST_MADE_AT_ONCE) throw new RefusedError(BUSY);
    const rows = this.make(from, until);
    this.making.set(period, rows);
    rows.then(
      () => {
        this.making.delete(period);
        this.keep(period, rows);
      },
      () => this.making.delete(period),
    );
    return rows;
  }

  private keep(period: string, rows: Rows): void {
    this.forget(period);
    const forgetting = setTimeout(() => this.forget(period), KEPT_MS).unref();
    this.kept.set(period, { rows, forgetting });
    for (const oldest of this.kept.keys()) if (this.kept.size > MOST_KEPT) this.forget(oldest);
  }

  private forget(period: string): void {
    clearTimeout(this.kept.get(period)?.forgetting);
    this.kept.delete(period);
  }
}

const BUSY = refuse(
  'unavailable',
  'recordings-being-made',
  `${MOST_MADE_AT_ONCE} recordings of other periods are being made, which is as many as are made at once; ask again when one of them is there, in a minute or so.`,
);
