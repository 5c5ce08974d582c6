import { EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { refuse, RefusedError } from '@slipway/kernel';
import { OutputWindow } from '@slipway/worker-core';
import { Turns } from '../turns.js';
import type { SpillFile } from './spill-file.js';

/** A client asks for the exit code and for the output at once, in either order. */
const READER_COMES_MS = 300;
const LONGEST_TAKING_MS = 10_000;

/**
 * What a program writes to one stream, or to several that are one, for readers that come at any offset and come again after a break.
 * While too much is unread the program waits for its reader; where nobody reads, it goes on, and what it writes is kept on disk.
 */
export class ExecOutput {
  private readonly window = new OutputWindow();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly turns = new Turns(1);
  private open: number;
  private readers = 0;
  private wasRead = false;

  /** Without a file a program also waits where nobody reads. */
  constructor(
    streams: readonly Readable[],
    private readonly spill?: SpillFile,
  ) {
    this.open = streams.length;
    for (const stream of streams) void this.listen(stream);
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

  /** What is on disk goes; nobody reads it any more. */
  async forget(): Promise<void> {
    await this.turns.run(async () => this.spill?.clear().catch(() => undefined));
  }

  private async *read(offset: number, gone: AbortSignal): AsyncGenerator<Buffer> {
    for (let next = offset; !gone.aborted;) {
      const bytes = this.window.read(next) ?? this.refuseOffset(next);
      if (bytes.length > 0) {
        this.changes.emit('change');
        next += bytes.length;
        yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      } else if (this.spill?.isEmpty === false) await this.turns.run(() => this.bringBack());
      else if (this.open === 0) return;
      else await this.change(gone);
    }
  }

  private async change(over: AbortSignal): Promise<void> {
    await once(this.changes, 'change', { signal: over }).catch(() => undefined);
  }

  private async listen(stream: Readable): Promise<void> {
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) await this.keep(piece);
    } catch {
      // A program that is killed may break its pipe off.
    }
    this.open -= 1;
    this.changes.emit('change');
  }

  /** Settles when there was room for the piece; its program waits as long. */
  private async keep(piece: Buffer): Promise<void> {
    for (let kept = false; !kept;) {
      const over = new AbortController();
      const changed = this.change(over.signal);
      kept = await this.turns.run(() => this.tryToKeep(piece));
      if (kept) over.abort();
      await changed;
    }
    this.changes.emit('change');
  }

  private async tryToKeep(piece: Buffer): Promise<boolean> {
    const isFirst = this.spill?.isEmpty !== false;
    if (isFirst && !this.window.isFull) {
      this.window.append(piece);
      return true;
    }
    return this.readers === 0 && (await this.spill?.append(piece)) === true;
  }

  private async bringBack(): Promise<void> {
    if (this.spill?.isEmpty === false) this.window.append(await this.spill.take());
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
