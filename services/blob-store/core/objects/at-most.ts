import { refuse, RefusedError } from '@slipway/kernel';
import type { Bytes } from '../ports.js';

/** The bytes as they come, refused as soon as there are more than were announced: none of those beyond is kept. */
export async function* atMost(body: Bytes, limitBytes: number, code: string): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const piece of body) {
    sizeBytes += piece.length;
    if (sizeBytes > limitBytes)
      throw new RefusedError(
        refuse('invalid', code, `The body is longer than the ${limitBytes} bytes that it may have.`),
      );
    yield piece;
  }
}
