import type { InputId } from '@slipway/contracts';

/** The inputs to cancel of which the container has not heard yet. */
export class UntoldCancellations {
  private untold: InputId[] = [];
  private wake: () => void = () => undefined;

  add(inputIds: readonly InputId[]): void {
    this.untold.push(...inputIds.filter((inputId) => !this.untold.includes(inputId)));
    this.wake();
  }

  /** All of them, waiting for one up to `waitMs`. */
  async take(waitMs: number): Promise<readonly InputId[]> {
    if (this.untold.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const told = this.untold;
    this.untold = [];
    return told;
  }

  /** Whoever waits waits no longer. */
  close(): void {
    this.wake();
  }
}
