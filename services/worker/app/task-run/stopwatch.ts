/** Milliseconds from the assignment of a task to the end of each phase of its start. */
export class Stopwatch {
  private readonly startedAt = performance.now();
  private readonly laps: Record<string, number> = {};

  mark(phase: string): void {
    this.laps[phase] ??= Math.round(performance.now() - this.startedAt);
  }

  get phases(): Readonly<Record<string, number>> {
    return { ...this.laps };
  }
}
