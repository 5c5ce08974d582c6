import {
  appendFileSync,
  closeSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';

const LARGEST_BYTES = 64 * 1024 * 1024;

/** The log of one process. A disk that is full or gone costs what would be in it, never the process. */
export class ProcessLog {
  readonly path: string;
  readonly #largestBytes: number;

  constructor(path: string, largestBytes = LARGEST_BYTES) {
    this.path = path;
    this.#largestBytes = largestBytes;
  }

  /** What a process is to print to. Nobody prints to it yet: a long log of the process before it goes by its name alone. */
  open(): number | 'ignore' {
    try {
      if (this.#size() > this.#largestBytes) renameSync(this.path, this.#aside);
    } catch {
      // It is tried again.
    }
    try {
      return openSync(this.path, 'a');
    } catch {
      return 'ignore';
    }
  }

  /**
   * Sets the end of a long log aside as `<log>.1`, in place of what was set aside before. It is copied and emptied, not renamed: a
   * process that prints to it goes on doing so at its end. On a disk that is too full for the copy it is emptied alone.
   */
  keepSmall(): void {
    try {
      if (this.#size() <= this.#largestBytes) return;
    } catch {
      return;
    }
    try {
      writeFileSync(this.#aside, this.#end());
    } catch {
      // Room is worth more than what was said long ago.
    }
    try {
      truncateSync(this.path);
    } catch {
      // It is tried again.
    }
  }

  get #aside(): string {
    return `${this.path}.1`;
  }

  #size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  #end(): Buffer {
    const bytes = Buffer.alloc(this.#largestBytes);
    const file = openSync(this.path, 'r');
    try {
      const read = readSync(file, bytes, 0, bytes.length, Math.max(0, this.#size() - bytes.length));
      return bytes.subarray(0, read);
    } finally {
      closeSync(file);
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
