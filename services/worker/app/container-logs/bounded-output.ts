import { setTimeout as pause } from 'node:timers/promises';
import type { LogEntry } from '@slipway/contracts';
import { leftOutNotice, TokenBucket, type ByteRate } from '@slipway/worker-core';

export type Output = Extract<LogEntry, { kind: 'output' }>;

type Gap = {
  readonly first: Output;
  last: Output;
  /** Without those of the last. */
  bytes: number;
  readonly timer: NodeJS.Timeout;
};

/** How long nothing is handed on once there was too much, so that what is left out is told in few lines. */
const GAP_MS = 5_000;
/** What is left out is read at a pace, or a program that does nothing else would keep this process from all else. */
const LEFT_OUT_PAUSE_MS = 2;
/** What is heard of the last piece when another speaks: a container whose inputs are short would say much beyond its share. */
const LAST_OF_SPEAKER_CHARACTERS = 2_000;
/** What an entry takes in the stream of logs beside its text. */
const ENTRY_BYTES = 100;

/**
 * What a container says, as much of it as its share of the logs holds. What is beyond is left out, and one line tells how much that
 * was; the last piece of it comes after that line, for a program that ends says last why. Each input's log tells what is left out of it.
 */
export class BoundedOutput {
  private readonly share: TokenBucket;
  private gap: Gap | undefined;

  constructor(
    private readonly rate: ByteRate,
    private readonly handOn: (output: Output) => Promise<void> | undefined,
  ) {
    this.share = new TokenBucket(rate, performance.now());
  }

  /** Undefined while there is room for more; else what to wait for before saying more. */
  add(output: Output): Promise<void> | undefined {
    if (this.gap !== undefined && !sameSpeaker(this.gap.last, output))
      this.endGap(LAST_OF_SPEAKER_CHARACTERS);
    const { gap } = this;
    if (gap !== undefined) {
      gap.bytes += Buffer.byteLength(gap.last.data);
      gap.last = output;
    } else {
      // As the stream holds it: a control character takes six bytes there.
      const bytes = Buffer.byteLength(JSON.stringify(output.data)) + ENTRY_BYTES;
      if (this.share.take(bytes, performance.now())) return this.handOn(output);
      const timer = setTimeout(() => this.endGap(), GAP_MS);
      this.gap = { first: output, last: output, bytes: 0, timer };
    }
    return pause(LEFT_OUT_PAUSE_MS);
  }

  /** Tells what was left out, at once: nothing more will be said. */
  endGap(mostOfLastCharacters = Infinity): void {
    const { gap } = this;
    if (gap === undefined) return;
    this.gap = undefined;
    clearTimeout(gap.timer);
    const { first, last } = gap;
    const data = last.data.slice(-mostOfLastCharacters);
    const bytes = gap.bytes + Buffer.byteLength(last.data) - Buffer.byteLength(data);
    if (bytes > 0)
      void this.handOn({ ...first, stream: 'info', data: leftOutNotice(bytes, this.rate.bytesPerSecond) });
    void this.handOn({ ...last, data });
  }
}

const sameSpeaker = (one: Output, other: Output): boolean =>
  one.callId === other.callId && one.inputId === other.inputId;
