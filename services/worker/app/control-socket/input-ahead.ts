import type { InputId, TakenInput } from '@slipway/contracts';

/** The input that comes with the answer to outputs, for the container's next question; it counts as held from its arrival on. */
export class InputAhead {
  private coming: Promise<readonly TakenInput[]> | undefined;
  private readonly arrived = new Set<InputId>();

  get ids(): readonly InputId[] {
    return [...this.arrived];
  }

  get isExpected(): boolean {
    return this.coming !== undefined;
  }

  expect(coming: Promise<readonly TakenInput[]>): void {
    this.coming = coming.then((inputs) => {
      for (const { inputId } of inputs) this.arrived.add(inputId);
      return inputs;
    });
  }

  /** What came, once; waits for it if it is on its way. */
  async take(): Promise<readonly TakenInput[]> {
    const { coming } = this;
    this.coming = undefined;
    return (await coming) ?? [];
  }

  /** What came is in the container's hands by now, or never will be. */
  forget(inputs: readonly TakenInput[]): void {
    for (const { inputId } of inputs) this.arrived.delete(inputId);
  }
}
