import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measurement, type Baseline, type Measurement } from './measurement.ts';

/** Gathers what one run of a benchmark finds out. */
export class Recorder {
  readonly measurements: Measurement[] = [];
  readonly skipped: { baseline: string; reason: string }[] = [];
  readonly #samples: Record<string, unknown> = {};
  readonly #bench: string;
  readonly #onNote: (text: string) => void;

  constructor(bench: string, onNote: (text: string) => void) {
    this.#bench = bench;
    this.#onNote = onNote;
  }

  get isEmpty(): boolean {
    return this.measurements.length === 0 && Object.keys(this.#samples).length === 0;
  }

  /** Says what is being done, to people. */
  note(text: string): void {
    this.#onNote(text);
  }

  measured(metric: string, value: number, unit: string, baseline?: Baseline): void {
    this.measurements.push(measurement(this.#bench, metric, value, unit, baseline));
  }

  /** Keeps raw material for the file. */
  keep(name: string, samples: unknown): void {
    this.#samples[name] = samples;
  }

  /** What a baseline found; undefined where it cannot run here, and the reason is told. */
  async orSkipped<T>(baseline: string, find: () => Promise<T>): Promise<T | undefined> {
    try {
      return await find();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.skipped.push({ baseline, reason });
      this.note(`baseline ${baseline} is skipped: ${reason}`);
      return undefined;
    }
  }

  /** Writes all of it below `folder` and returns the file's path. */
  write(folder: string, machine: Record<string, unknown>): string {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${this.#bench}-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
    const { measurements, skipped } = this;
    writeFileSync(
      file,
      `${JSON.stringify({ bench: this.#bench, machine, measurements, skipped, samples: this.#samples }, null, 1)}\n`,
    );
    return file;
  }
}
