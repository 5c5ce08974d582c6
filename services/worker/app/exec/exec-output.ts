import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { refuse, RefusedError } from '@slipway/kernel';
import { OutputWindow } from '@slipway/worker-core';

/** A client asks for the exit code and for the output at once, in either order. */
const READER_COMES_MS = 300;
const LONGEST_TAKING_MS = 10_000;

/** What a program writes to one stream, or to several that are one, for readers that come at any offset and come again after a break. The program waits while too much is unread. */
export class ExecOutput {
  private readonly window = new OutputWindow();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private open: number;
  private readers = 0;
  private wasRead = false;

  constructor(private readonly streams: readonly Readable[]) {
    this.open = streams.length;
    for (const stream of streams) this.listen(stream);
  }

  get heldBytes(): number {
    return this.window.heldBytes;
  }

  /** Settles when those who read have all there is, or nobody has come to read; after a while in any case. */
  async taken(): Promise<void> {
    const over = AbortSignal.timeout(LONGEST_TAKING_MS);
    if (this.readers === 0 && !this.wasRead) await this.change(AbortSignal.timeout(READER_COMES_MS));
    while (this.readers > 0 && !over.aborted) await this.change(over);
  }

  /** The bytes from `offset` on, to the end of the stream or until the reader is gone. */
  async *from(offset: number, gone: AbortSignal): AsyncGenerator<Buffer> {
    this.readers += 1;
    this.wasRead = true;
    this.changes.emit('change');
    try {
      yield* this.read(offset, gone);
    } finally {
      this.readers -= 1;
      this.changes.emit('change');
    }
  }

  private async *read(offset: number, gone: AbortSignal): AsyncGenerator<Buffer> {
    for (let next = offset; !gone.aborted;) {
      const bytes = this.window.read(next) ?? this.refuseOffset(next);
      if (bytes.length > 0) {
        if (!this.window.isFull) for (const stream of this.streams) stream.resume();
        next += bytes.length;
        yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      } else if (this.open === 0) return;
      else await this.change(gone);
    }
  }

  private async change(over: AbortSignal): Promise<void> {
    await once(this.changes, 'change', { signal: over }).catch(() => undefined);
  }

  private listen(stream: Readable): void {
    stream.on('data', (piece: Buffer) => {
      this.window.append(piece);
      if (this.window.isFull) for (const each of this.streams) each.pause();
      this.changes.emit('change');
    });
    stream.once('close', () => {
      this.open -= 1;
      this.changes.emit('change');
    });
    stream.on('error', () => undefined);
  }

  private refuseOffset(offset: number): never {
    throw new RefusedError(
      refuse(
        'invalid',
        'offset-not-held',
        `offset is ${offset}, but of the ${this.window.length} bytes that were written these are not held any more, or not written yet`,
      ),
    );
  }
}
