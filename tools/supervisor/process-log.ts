import { appendFileSync, copyFileSync, openSync, statSync, truncateSync } from 'node:fs';

const LARGEST_BYTES = 64 * 1024 * 1024;

/** The log of one process. A disk that is full or gone costs what would be in it, never the process. */
export class ProcessLog {
  readonly path: string;
  readonly #largestBytes: number;

  constructor(path: string, largestBytes = LARGEST_BYTES) {
    this.path = path;
    this.#largestBytes = largestBytes;
  }

  /** What a process is to print to. */
  open(): number | 'ignore' {
    this.keepSmall();
    try {
      return openSync(this.path, 'a');
    } catch {
      return 'ignore';
    }
  }

  /**
   * Sets a long log aside as `<log>.1`, in place of the one set aside before. It is copied and emptied, not renamed: a process
   * that prints to it goes on doing so at its end.
   */
  keepSmall(): void {
    try {
      const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      if (size <= this.#largestBytes) return;
      copyFileSync(this.path, `${this.path}.1`);
      truncateSync(this.path);
    } catch {
      // It is tried again.
    }
  }

  /** Adds a line of the supervisor's own. */
  say(text: string): void {
    try {
      appendFileSync(this.path, `--- supervisor: ${text}\n`);
    } catch {
      // There is no better place to say it.
    }
  }
}
