import type { BlobId } from '@slipway/contracts';
import fc from 'fast-check';
import type { Ports } from '../ports.js';
import { forgetBlobs } from './forget-blobs.js';
import { GRACE_MS } from './is-garbage.js';

/** Blobs with their ends, and those that inputs wait with. */
class World {
  at = 0;
  readonly ends = new Map<BlobId, number>();
  readonly waiting = new Set<BlobId>();

  sweep(meanwhile: () => void = () => undefined): Promise<number> {
    const expired = (): BlobId[] => [...this.ends].filter(([, end]) => end < this.at).map(([id]) => id);
    return forgetBlobs({
      now: () => this.at,
      records: {
        expiredBlobs: async (_: number, limit: number) => expired().slice(0, limit),
        prolongBlobs: async (ids: BlobId[], until: number) => this.prolong(ids, until),
        forgetBlobs: async (ids: BlobId[]) => {
          const forgotten = ids.filter((id) => expired().includes(id));
          for (const id of forgotten) this.ends.delete(id);
          return forgotten.length;
        },
      },
      goingOn: {
        arguments: async (ids: BlobId[]) => {
          const named = ids.filter((id) => this.waiting.has(id));
          meanwhile();
          return named;
        },
      },
    } as unknown as Ports);
  }

  prolong(ids: readonly BlobId[], until: number): void {
    for (const id of ids) this.ends.set(id, Math.max(this.ends.get(id) ?? 0, until));
  }
}

const worldWith = (blobId: BlobId, at: number): World => {
  const world = new World();
  world.ends.set(blobId, 1);
  world.at = at;
  return world;
};

describe('a blob whose time is over', () => {
  test('stays as long as an input waits with it, and goes a day after that', async () => {
    const world = worldWith('bl-1', 2);
    world.waiting.add('bl-1');
    expect(await world.sweep()).toBe(0);
    world.waiting.clear();
    world.at += GRACE_MS;
    expect(await world.sweep()).toBe(0);
    world.at += 1;
    expect(await world.sweep()).toBe(1);
    expect([...world.ends]).toEqual([]);
  });

  test('stays when it was asked for while the scheduler said that no input has it', async () => {
    const world = worldWith('bl-1', 2);
    expect(await world.sweep(() => world.prolong(['bl-1'], world.at + GRACE_MS))).toBe(0);
    expect(world.ends.has('bl-1')).toBe(true);
  });

  test('stays while the scheduler cannot be asked', async () => {
    const world = worldWith('bl-1', 2);
    const failed = world.sweep(() => {
      throw new Error('away');
    });
    await expect(failed).rejects.toThrow('away');
    expect(world.ends.has('bl-1')).toBe(true);
  });
});

test('whatever comes and goes, an input never lacks its arguments, and all else goes in the end', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('put', 'queue', 'finish'), blob: fc.nat(4) }),
    fc.record({ do: fc.constant('pass'), blob: fc.nat(3 * GRACE_MS) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World();
      for (const { do: what, blob } of steps) {
        const id = `bl-${blob}` as BlobId;
        if (what === 'put') world.prolong([id], world.at + GRACE_MS);
        if (what === 'queue' && world.ends.has(id)) {
          // As `get-blob` does, before an input that names it is taken.
          world.prolong([id], world.at + GRACE_MS);
          world.waiting.add(id);
        }
        if (what === 'finish') world.waiting.delete(id);
        if (what === 'pass') world.at += blob;
        await world.sweep();
        for (const waiting of world.waiting) expect(world.ends.has(waiting)).toBe(true);
      }
      world.at += GRACE_MS + 1;
      await world.sweep();
      expect(new Set(world.ends.keys())).toEqual(world.waiting);
    }),
  );
});
