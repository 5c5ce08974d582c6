/** A counter of the kernel that only rises. One that fell was made anew: what it shows then is counted from there. */
export class RisingCounter {
  private total = 0;
  private said = 0;

  constructor(private last: number) {}

  /** Without a reading (the counter is gone) nothing is added. */
  read(value: number = this.last): void {
    this.total += Math.max(0, value - this.last);
    this.last = value;
  }

  /** What was added since the last cut. */
  cut(): number {
    const added = this.total - this.said;
    this.said = this.total;
    return added;
  }
}
