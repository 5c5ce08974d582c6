import { createHash, randomBytes } from 'node:crypto';
import type { Digest } from '@slipway/contracts';
import { CHUNK_BYTES, CorruptedObjectError, type Bytes, type ObjectStore } from '@slipway/blob-store-core';

export type StoreUnderTest = Readonly<{
  store: ObjectStore;
  /** Changes one byte of a stored object behind the store's back. */
  damage: (digest: Digest, at: number) => Promise<void>;
}>;

const inPieces = async function* (bytes: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
};

const whole = async (bytes: Bytes | undefined): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** What every place for objects must do. */
export const objectStoreSuite = (name: string, open: () => Promise<StoreUnderTest>): void => {
  describe(`objects ${name}`, () => {
    let under: StoreUnderTest;
    beforeAll(async () => {
      under = await open();
    });

    const put = async (content: Buffer, pieceBytes = 64 * 1024): Promise<Digest> => {
      const received = await under.store.receive(inPieces(content, pieceBytes));
      await received.commit();
      return received.digest;
    };

    test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])(
      'what was stored comes back: %i bytes',
      async (sizeBytes) => {
        const content = randomBytes(sizeBytes);
        const received = await under.store.receive(inPieces(content, 100_003));
        expect(received).toMatchObject({
          sizeBytes,
          digest: createHash('sha256').update(content).digest('hex'),
          md5Hex: createHash('md5').update(content).digest('hex'),
        });
        await received.commit();
        expect(await under.store.sizeOf(received.digest)).toBe(sizeBytes);
        expect((await whole(await under.store.read(received.digest))).equals(content)).toBe(true);
      },
    );

    test('a range comes back alone', async () => {
      const content = randomBytes(3 * CHUNK_BYTES + 5);
      const digest = await put(content);
      for (const [first, last] of [
        [0, 0],
        [CHUNK_BYTES - 1, CHUNK_BYTES],
        [10, 2 * CHUNK_BYTES + 10],
        [3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 4],
      ] as const)
        expect(
          (await whole(await under.store.read(digest, { first, last }))).equals(
            content.subarray(first, last + 1),
          ),
        ).toBe(true);
    });

    test('a damaged chunk is never handed out; what lies before it is', async () => {
      const content = randomBytes(2 * CHUNK_BYTES + 100);
      const digest = await put(content);
      await under.damage(digest, CHUNK_BYTES + 5);
      const pieces: Uint8Array[] = [];
      const reading = async (): Promise<void> => {
        for await (const piece of (await under.store.read(digest)) ?? []) pieces.push(piece);
      };
      await expect(reading()).rejects.toThrow(CorruptedObjectError);
      expect(Buffer.concat(pieces).equals(content.subarray(0, CHUNK_BYTES))).toBe(true);
      const after = { first: 2 * CHUNK_BYTES, last: 2 * CHUNK_BYTES + 9 };
      expect((await whole(await under.store.read(digest, after))).length).toBe(10);
    });

    test('a damaged small object is never handed out, and storing it again heals it', async () => {
      const content = randomBytes(100);
      const digest = await put(content);
      await under.damage(digest, 99);
      await expect(whole(await under.store.read(digest))).rejects.toThrow(CorruptedObjectError);
      await put(content);
      expect((await whole(await under.store.read(digest))).equals(content)).toBe(true);
    });

    test('what was discarded or removed is not there', async () => {
      const received = await under.store.receive(inPieces(randomBytes(10), 10));
      await received.discard();
      expect(await under.store.read(received.digest)).toBeUndefined();
      const digest = await put(randomBytes(10));
      await under.store.remove(digest);
      expect(await under.store.sizeOf(digest)).toBeUndefined();
      await under.store.remove(digest);
    });

    test('a body that breaks off leaves nothing', async () => {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield randomBytes(10);
        throw new Error('connection lost');
      };
      await expect(under.store.receive(broken())).rejects.toThrow('connection lost');
    });
  });
};
