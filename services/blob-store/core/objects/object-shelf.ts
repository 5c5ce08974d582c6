import type { Digest } from '@slipway/contracts';
import type { Refusal } from '@slipway/kernel';
import { RefusedError } from '@slipway/kernel';
import type { Bytes, Ports, ReceivedObject } from '../ports.js';
import { checkUpload, type ExpectedBytes } from '../uploads/check-upload.js';
import { isGarbage } from '../garbage/is-garbage.js';
import type { User } from '../garbage/uses.js';
import { CorruptedObjectError } from './corrupted-object-error.js';
import { KeyedLock } from './keyed-lock.js';
import type { ByteRange } from './object.js';

export type Stored = Pick<ReceivedObject, 'digest' | 'sizeBytes' | 'md5Hex'>;

/** Objects and their records kept in step: storing and removing one digest never overlap. */
export class ObjectShelf {
  private readonly lock = new KeyedLock();

  constructor(private readonly ports: Pick<Ports, 'objects' | 'records' | 'now'>) {}

  /** Stores a body when it is what was announced; throws a RefusedError and stores nothing else. */
  async put(
    body: Bytes,
    { expected, ...how }: { kept: boolean; usedBy?: User; expected: ExpectedBytes },
  ): Promise<Stored> {
    const { objects, records, now } = this.ports;
    const received = await objects.receive(body);
    const refusal: Refusal | undefined = checkUpload(received, expected);
    if (refusal) {
      await received.discard();
      throw new RefusedError(refusal);
    }
    await this.lock.run(received.digest, async () => {
      await received.commit().catch(async (error: unknown) => {
        await received.discard().catch(() => undefined);
        throw error;
      });
      await records.putObject(received, { ...how, at: now() });
    });
    return { digest: received.digest, sizeBytes: received.sizeBytes, md5Hex: received.md5Hex };
  }

  /** Verified bytes, or undefined when there are none. An object found corrupted counts as missing from then on. */
  async read(digest: Digest, range?: ByteRange): Promise<Bytes | undefined> {
    const bytes = await this.ports.objects.read(digest, range);
    return bytes && this.watched(digest, bytes);
  }

  /** Removes the object if nothing needs it; says whether it did. */
  async collect(digest: Digest, touchedAt: number): Promise<boolean> {
    return this.lock.run(digest, async () => {
      const forgotten = await this.ports.records.forgetObject(digest, touchedAt);
      if (forgotten) await this.ports.objects.remove(digest);
      return forgotten;
    });
  }

  /** The digests among the candidates that the rule calls garbage. */
  async garbage(
    at: number,
    before: number,
    limit: number,
  ): Promise<readonly { digest: Digest; touchedAt: number }[]> {
    const candidates = await this.ports.records.unreferencedObjects(before, limit);
    return candidates.filter((use) => isGarbage(use, at));
  }

  private async *watched(digest: Digest, bytes: Bytes): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      if (error instanceof CorruptedObjectError) await this.ports.records.markCorrupted(digest);
      throw error;
    }
  }
}
