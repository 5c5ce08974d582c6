import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Writes what comes into a file, which is there once it is whole. Throws where its digest is not the one that it should be. */
export const fetchFile = async (
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  sha256?: string,
): Promise<void> => {
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.update(piece);
      yield piece;
    }
  };
  const partial = `${path}.part`;
  await pipeline(hashed, createWriteStream(partial));
  const digest = hash.digest('hex');
  if (sha256 !== undefined && digest !== sha256) {
    await rm(partial);
    throw new Error(`${path} arrived with sha256 ${digest}, but the manifest says ${sha256}: fetch it again`);
  }
  await rename(partial, path);
};
