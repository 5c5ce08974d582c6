import type { LogLine } from './log-line.js';

/** At most 32 MiB: what one answer may hold, however long its lines are. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The newest of the lines that it is given: as many as are wanted, of these as many as one answer may hold. */
export class NewestLines {
  private lines: LogLine[] = [];
  private characters = 0;
  private leftOut = false;

  constructor(
    private readonly mostLines: number,
    private readonly mostCharacters = MOST_CHARACTERS,
  ) {}

  /** Adds a line that is newer than those that are here. */
  add(line: LogLine): void {
    this.lines.push(line);
    this.characters += line.data.length;
    if (this.lines.length > 2 * this.mostLines || this.characters > 2 * this.mostCharacters) this.trim();
  }

  /** An empty one with the room that is left here, for lines that are older than all of these. */
  before(): NewestLines {
    this.trim();
    return new NewestLines(this.mostLines - this.lines.length, this.mostCharacters - this.characters);
  }

  /** Takes what was gathered in the room that `before` gave. */
  prepend(older: NewestLines): void {
    older.trim();
    this.lines = [...older.lines, ...this.lines];
    this.characters += older.characters;
    this.leftOut ||= older.leftOut;
  }

  /** Whether older lines would be left out. */
  get isFull(): boolean {
    return this.leftOut || this.lines.length >= this.mostLines;
  }

  /** In the order in which they were written. Where there were more that were wanted but too long, a line before them says so. */
  get all(): readonly LogLine[] {
    this.trim();
    const lines = this.lines.toSorted((one, other) => one.at - other.at);
    const [first] = lines;
    if (first === undefined || !this.leftOut || lines.length >= this.mostLines) return lines;
    const { at, functionId, taskId } = first;
    return [{ at, functionId, taskId, stream: 'info', data: LEFT_OUT }, ...lines];
  }

  private trim(): void {
    let from = Math.max(0, this.lines.length - this.mostLines);
    for (const { data } of this.lines.slice(0, from)) this.characters -= data.length;
    while (this.characters > this.mostCharacters && from < this.lines.length)
      this.characters -= this.lines[from++]!.data.length;
    if (from === 0) return;
    this.lines.splice(0, from);
    this.leftOut = true;
  }
}

const LEFT_OUT =
  '[earlier lines are left out: the lines asked for are too long for one answer; ask for an earlier time]\n';
