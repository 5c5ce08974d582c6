import { sizeOf, type BuildLogEntry } from './build-log-table.js';

/** Of what is in the table, this much is kept besides for who follows the build. */
const MOST_KEPT_CHARACTERS = 4 * 1024 * 1024;

/** The newest entries of one image's log, without a gap. The very last one always stays: the next is numbered after it. */
export class RecentEntries {
  private readonly entries: BuildLogEntry[] = [];
  private characters = 0;

  constructor(last: BuildLogEntry | undefined) {
    if (last !== undefined) this.add(last);
  }

  get last(): BuildLogEntry | undefined {
    return this.entries.at(-1);
  }

  add(entry: BuildLogEntry): void {
    this.entries.push(entry);
    this.characters += sizeOf(entry);
  }

  /** What the last attempt said after an entry; undefined where some of that is no longer here. */
  after(afterEntry: number): readonly BuildLogEntry[] | undefined {
    const [first] = this.entries;
    if (first === undefined) return [];
    if (first.entry > afterEntry + 1) return undefined;
    const attempt = this.last?.attempt;
    return this.entries.slice(afterEntry + 1 - first.entry).filter((entry) => entry.attempt === attempt);
  }

  /** Lets go of the oldest, of those up to an entry that are in the table. */
  letGo(writtenEntry: number): void {
    let gone = 0;
    while (gone < this.entries.length - 1 && this.characters > MOST_KEPT_CHARACTERS) {
      const entry = this.entries[gone]!;
      if (entry.entry > writtenEntry) break;
      this.characters -= sizeOf(entry);
      gone += 1;
    }
    this.entries.splice(0, gone);
  }
}
