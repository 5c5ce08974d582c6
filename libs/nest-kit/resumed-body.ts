import { Readable } from 'node:stream';
import { askAgain } from './ask-again.js';

/** Opens what `openAt` gives from any byte on, as one body: where it breaks off it is opened again at that byte. */
export const resumedBody = async (
  openAt: (byte: number, signal: AbortSignal) => Promise<Response>,
  patienceMs: number,
): Promise<Readable> => {
  const left = new AbortController();
  const { signal } = left;
  const open = async (byte: number): Promise<AsyncIterator<Uint8Array>> => {
    const { body } = await askAgain(() => openAt(byte, signal), { patienceMs, signal });
    return body === null ? none() : (body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  };
  let pieces = await open(0);
  let readBytes = 0;
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await askAgain(
      () =>
        pieces.next().catch(async (error: unknown) => {
          if (!signal.aborted) pieces = await open(readBytes);
          throw error;
        }),
      { patienceMs, signal },
    );
    if (done === true) return null;
    readBytes += value.length;
    return value;
  };
  return new Readable({
    read() {
      next().then(
        (piece) => this.push(piece),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      left.abort();
      done(error);
    },
  });
};

async function* none(): AsyncGenerator<Uint8Array> {}
