/** So many bytes at once, and so many a second for as long as it goes on. */
export type ByteRate = Readonly<{ bytesPerSecond: number; burstBytes: number }>;

/** A token bucket: full at first, and filled again as time goes by, which comes from outside. */
export class TokenBucket {
  private bytes: number;

  constructor(
    private readonly rate: ByteRate,
    private atMs: number,
  ) {
    this.bytes = rate.burstBytes;
  }

  /** Takes these bytes where any are left. What is taken beyond those is owed: it comes off what flows in next. */
  take(bytes: number, atMs: number): boolean {
    const passedMs = Math.max(0, atMs - this.atMs);
    this.bytes = Math.min(this.rate.burstBytes, this.bytes + (passedMs * this.rate.bytesPerSecond) / 1000);
    this.atMs = Math.max(this.atMs, atMs);
    if (this.bytes <= 0) return false;
    this.bytes -= bytes;
    return true;
  }
}
