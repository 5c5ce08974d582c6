import { Readable } from 'node:stream';
import { askAgain } from './ask-again.js';

export type ReadTimes = Readonly<{
  /** How long to ask again while nothing comes. */
  patienceMs: number;
  /** How long one try waits for the head of its answer, or for more of its body. */
  silenceMs: number;
}>;

/** Opens what `openAt` gives from any byte on, as one body: where it breaks off or falls silent it is opened again at that byte. */
export const resumedBody = async (
  openAt: (byte: number, signal: AbortSignal) => Promise<Response>,
  { patienceMs, silenceMs }: ReadTimes,
): Promise<Readable> => {
  const left = new AbortController();
  let trying = new AbortController();
  let readBytes = 0;
  const inTime = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const why = new Error(`the blob-store said nothing for ${silenceMs} ms`);
    const timer = setTimeout(() => trying.abort(why), silenceMs);
    return answer.finally(() => clearTimeout(timer));
  };
  const open = async (): Promise<AsyncIterator<Uint8Array>> => {
    trying = new AbortController();
    const { body } = await inTime(openAt(readBytes, trying.signal));
    return body === null ? none() : (body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  };
  const patience = { patienceMs, signal: left.signal };
  let pieces: AsyncIterator<Uint8Array> | undefined = await askAgain(open, patience);
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await askAgain(async () => {
      try {
        pieces ??= await open();
        return await inTime(pieces.next());
      } catch (error) {
        pieces = undefined;
        throw error;
      }
    }, patience);
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
      trying.abort();
      done(error);
    },
  });
};

async function* none(): AsyncGenerator<Uint8Array> {}
