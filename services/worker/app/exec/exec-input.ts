import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { refuse, RefusedError } from '@slipway/kernel';

/** The input of a program. Writes say at which byte they begin, so that one that comes twice counts once. */
export class ExecInput {
  private bytesWritten = 0;
  private isClosed = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly stream: Writable) {
    stream.on('error', () => (this.isClosed = true));
    stream.once('close', () => (this.isClosed = true));
  }

  get status(): Readonly<{ bytesWritten: number; closed: boolean }> {
    return { bytesWritten: this.bytesWritten, closed: this.isClosed };
  }

  /** Settles when the program's pipe has taken the bytes. */
  async write(offset: number, data: Uint8Array): Promise<void> {
    const before = this.turn;
    this.turn = before.then(() => this.writeNow(offset, data));
    const written = this.turn;
    this.turn = written.catch(() => undefined);
    await written;
  }

  async close(): Promise<void> {
    await this.turn;
    this.isClosed = true;
    this.stream.end();
  }

  private async writeNow(offset: number, data: Uint8Array): Promise<void> {
    const known = this.bytesWritten - offset;
    if (known < 0)
      throw new RefusedError(
        refuse(
          'invalid',
          'offset-ahead',
          `offset is ${offset}, but only ${this.bytesWritten} bytes were written before`,
        ),
      );
    if (known >= data.length) return;
    if (this.isClosed)
      throw new RefusedError(refuse('conflict', 'stdin-closed', 'the input of the program is closed'));
    this.bytesWritten = offset + data.length;
    if (this.stream.write(data.subarray(known))) return;
    await Promise.race([once(this.stream, 'drain'), once(this.stream, 'close')]).catch(() => undefined);
  }
}
