import type { BuildStepProgress } from '@slipway/contracts';

type Line = BuildStepProgress['logs'][number];

/** What one answer carries at most; the rest follows with the next. */
const MOST_ANSWER_CHARACTERS = 512 * 1024;
/** What may wait for its reader: a step that says more waits at its next write. */
const MOST_UNREAD_CHARACTERS = 4 * 1024 * 1024;

/** A line with what its message adds to it. */
const sizeOf = ({ data }: Line): number => data.length + 100;

/**
 * The output of one step, numbered from 1, for a reader that asks again when an answer is lost. What the reader has is let go of.
 * The end is an entry of its own kind: the result.
 */
export class StepLog {
  private lines: Line[] = [];
  /** How many lines were let go of. */
  private read = 0;
  private unreadCharacters = 0;
  private result: BuildStepProgress['result'];
  private isGivenUp = false;
  private waiting: (() => void)[] = [];
  private untilRoom: (() => void)[] = [];

  /** Undefined while there is room for more; else what to wait for before saying more. */
  add(line: Line): Promise<void> | undefined {
    if (this.isGivenUp) return undefined;
    this.lines.push(line);
    this.unreadCharacters += sizeOf(line);
    this.wake();
    if (this.unreadCharacters < MOST_UNREAD_CHARACTERS) return undefined;
    return new Promise((resolve) => this.untilRoom.push(resolve));
  }

  finish(result: NonNullable<BuildStepProgress['result']>): void {
    this.result = result;
    this.wake();
  }

  /** Nobody reads any more: nothing is kept from now on, and nobody waits for room. */
  giveUp(): void {
    this.isGivenUp = true;
    this.letGo(this.read + this.lines.length);
    this.wake();
  }

  /** What is new after `afterEntry`, as much as an answer carries, waiting for it up to `waitMs`. All before it is let go of. */
  async after(afterEntry: number, waitMs: number): Promise<BuildStepProgress> {
    this.letGo(afterEntry);
    if (this.lines.length === 0 && this.result === undefined && !this.isGivenUp)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    return this.page(afterEntry);
  }

  private page(afterEntry: number): BuildStepProgress {
    const from = Math.max(0, afterEntry - this.read);
    let end = from;
    for (let characters = 0; end < this.lines.length && characters < MOST_ANSWER_CHARACTERS; end += 1)
      characters += sizeOf(this.lines[end]!);
    return {
      logs: this.lines.slice(from, end),
      lastEntry: Math.max(afterEntry, this.read + end),
      ...(this.result !== undefined && end >= this.lines.length && { result: this.result }),
    };
  }

  private letGo(afterEntry: number): void {
    const gone = this.lines.splice(0, Math.max(0, afterEntry - this.read));
    this.read += gone.length;
    for (const line of gone) this.unreadCharacters -= sizeOf(line);
    if (this.unreadCharacters >= MOST_UNREAD_CHARACTERS / 2) return;
    for (const goOn of this.untilRoom.splice(0)) goOn();
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }
}
