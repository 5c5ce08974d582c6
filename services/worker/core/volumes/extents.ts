/** A run of bytes of a file that was written here: `start` … `end` of the file lie from `at` on in the staging log. */
export type Extent = { start: number; end: number; at: number };

/** Where a part of what is written goes: `from` bytes into the data, to `at` in the log. */
export type Placement = Readonly<{ from: number; lengthBytes: number; at: number }>;

/** A part of a file's range: in the log from `at` on, or not written here. */
export type Covered = Readonly<{ start: number; end: number; at?: number }>;

/** A run of the log that nothing refers to any more. */
export type FreedRun = Readonly<{ at: number; lengthBytes: number }>;

/** The bytes of one file that were written here and are not committed, in order and without overlap. */
export class Extents {
  private readonly runs: Extent[] = [];

  get isEmpty(): boolean {
    return this.runs.length === 0;
  }

  get bytes(): number {
    return this.runs.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /**
   * Places `lengthBytes` written at `start`: over what was written before in its place, the rest where `allocate` says, which hears
   * where in the file it begins.
   */
  write(
    start: number,
    lengthBytes: number,
    allocate: (lengthBytes: number, start: number) => number,
  ): readonly Placement[] {
    return this.covering(start, start + lengthBytes).map((part) => {
      const partBytes = part.end - part.start;
      const at = part.at ?? allocate(partBytes, part.start);
      if (part.at === undefined) this.insert({ start: part.start, end: part.end, at });
      return { from: part.start - start, lengthBytes: partBytes, at };
    });
  }

  /** The range in parts, in order, without a gap. */
  covering(start: number, end: number): readonly Covered[] {
    const parts: Covered[] = [];
    let position = start;
    for (let index = this.firstEndingAfter(start); index < this.runs.length; index += 1) {
      const run = this.runs[index]!;
      if (run.start >= end) break;
      if (run.start > position) parts.push({ start: position, end: run.start });
      const from = Math.max(run.start, position);
      const to = Math.min(run.end, end);
      parts.push({ start: from, end: to, at: run.at + from - run.start });
      position = to;
    }
    if (position < end) parts.push({ start: position, end });
    return parts;
  }

  touches(start: number, end: number): boolean {
    const run = this.runs[this.firstEndingAfter(start)];
    return run !== undefined && run.start < end;
  }

  /** Forgets what lies behind `sizeBytes`. */
  cut(sizeBytes: number): readonly FreedRun[] {
    const index = this.firstEndingAfter(sizeBytes);
    const behind = this.runs.splice(index);
    const kept = behind[0];
    if (kept !== undefined && kept.start < sizeBytes)
      this.runs.push({ start: kept.start, end: sizeBytes, at: kept.at });
    return behind.map(({ start, end, at }) => {
      const from = Math.max(start, sizeBytes);
      return { at: at + from - start, lengthBytes: end - from };
    });
  }

  /** Forgets what lies in none of the runs of `others`. */
  keep(others: Extents): readonly FreedRun[] {
    const freed: FreedRun[] = [];
    for (const run of this.runs.splice(0))
      for (const { start, end, at: kept } of others.covering(run.start, run.end)) {
        const at = run.at + start - run.start;
        if (kept === undefined) freed.push({ at, lengthBytes: end - start });
        else this.runs.push({ start, end, at });
      }
    return freed;
  }

  /** The index of the first run that ends after `position`. */
  private firstEndingAfter(position: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.runs[middle]!.end <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(run: Extent): void {
    const index = this.firstEndingAfter(run.start);
    const before = this.runs[index - 1];
    // What is written in one go stays one run, however many writes it took.
    if (before !== undefined && before.end === run.start && before.at + before.end - before.start === run.at)
      before.end = run.end;
    else this.runs.splice(index, 0, run);
  }
}
