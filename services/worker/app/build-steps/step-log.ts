import type { BuildStepProgress } from '@slipway/contracts';

type Line = BuildStepProgress['logs'][number];

/** The output of one step, numbered from 1, for readers who come and go. Its end is an entry of its own kind: the result. */
export class StepLog {
  private readonly lines: Line[] = [];
  private result: BuildStepProgress['result'];
  private waiting: (() => void)[] = [];

  add(line: Line): void {
    this.lines.push(line);
    this.wake();
  }

  finish(result: NonNullable<BuildStepProgress['result']>): void {
    this.result = result;
    this.wake();
  }

  /** What is new after `afterEntry`, waiting for it up to `waitMs`. */
  async after(afterEntry: number, waitMs: number): Promise<BuildStepProgress> {
    if (this.lines.length <= afterEntry && this.result === undefined)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    return {
      logs: this.lines.slice(afterEntry),
      lastEntry: Math.max(afterEntry, this.lines.length),
      ...(this.result !== undefined && { result: this.result }),
    };
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }
}
