import { appendFileSync, openSync, renameSync, statSync } from 'node:fs';

const largestBytes = 64 * 1024 * 1024;

/** The log of one process. A disk that is full or gone costs what would be in it, never the process. */
export class ProcessLog {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What a process is to print to. A long log is set aside as `<log>.1` first, in place of the one set aside before. */
  open(): number | 'ignore' {
    try {
      const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > largestBytes) renameSync(this.path, `${this.path}.1`);
      return openSync(this.path, 'a');
    } catch {
      return 'ignore';
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
