import type { MeteredBytes } from '@slipway/contracts';

type Sums = Record<keyof MeteredBytes, bigint>;

/** Sums are of bytes, times two, times nanoseconds: the mean of two readings has a half. */
const UNITS_PER_BYTE_SECOND = 2_000_000_000n;

/**
 * An amount of bytes summed over time from readings of it. Between two readings it is taken to be their mean. What a cut says is
 * the whole byte-seconds so far less those said before, so that nothing is lost to rounding.
 */
export class ByteSeconds {
  private readonly sums: Sums = nothing();
  private said: Sums = nothing();
  private lastBytes: number;

  constructor(
    private readonly reservedBytes: number,
    firstBytes: number,
  ) {
    this.lastBytes = firstBytes;
  }

  /** `bytes` is the reading at the end of the `spentNs` since the last one; without it that one still holds. */
  add(spentNs: number, bytes: number = this.lastBytes): void {
    const spent = BigInt(spentNs);
    const used = BigInt(this.lastBytes) + BigInt(bytes);
    const reserved = 2n * BigInt(this.reservedBytes);
    this.sums.usedByteSeconds += used * spent;
    this.sums.reservedByteSeconds += reserved * spent;
    this.sums.billableByteSeconds += (used > reserved ? used : reserved) * spent;
    this.lastBytes = bytes;
  }

  cut(): MeteredBytes {
    const whole = {
      usedByteSeconds: this.sums.usedByteSeconds / UNITS_PER_BYTE_SECOND,
      reservedByteSeconds: this.sums.reservedByteSeconds / UNITS_PER_BYTE_SECOND,
      billableByteSeconds: this.sums.billableByteSeconds / UNITS_PER_BYTE_SECOND,
    };
    const { said } = this;
    this.said = whole;
    return {
      usedByteSeconds: Number(whole.usedByteSeconds - said.usedByteSeconds),
      reservedByteSeconds: Number(whole.reservedByteSeconds - said.reservedByteSeconds),
      billableByteSeconds: Number(whole.billableByteSeconds - said.billableByteSeconds),
    };
  }
}

const nothing = (): Sums => ({ usedByteSeconds: 0n, reservedByteSeconds: 0n, billableByteSeconds: 0n });
