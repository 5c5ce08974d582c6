import type { Bytes } from '../ports.js';

/** Bytes in pieces of `blockBytes`; the last one may be shorter. A piece is only good until the next one is asked for. */
export async function* cutBlocks(bytes: Bytes, blockBytes: number): AsyncGenerator<Uint8Array> {
  const block = new Uint8Array(blockBytes);
  let held = 0;
  for await (const piece of bytes)
    for (let offset = 0; offset < piece.length;) {
      const part = piece.subarray(offset, offset + blockBytes - held);
      block.set(part, held);
      held += part.length;
      offset += part.length;
      if (held < blockBytes) continue;
      yield block;
      held = 0;
    }
  if (held > 0) yield block.subarray(0, held);
}
