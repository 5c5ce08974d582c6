import type { FileHandle } from 'node:fs/promises';
import type { Digest, VolumeChange } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { CommitPlan, PlannedBlock, PlannedEntry } from '@slipway/worker-core';
import type { BlockCache } from './block-cache.js';
import { makeBlocks } from './make-blocks.js';
import { MissingBlockError } from './missing-block.js';
import { Turns } from '../turns.js';
import type { VolumeSource } from './volume-source.js';

const RESTORED_AT_ONCE = 8;

export type Published = Readonly<{
  /** Of each file that was committed, by its path. */
  blocks: ReadonlyMap<string, readonly Digest[]>;
  /** The paths of files that were not: a block of them is neither in the store nor here. */
  leftOut: readonly string[];
}>;

/**
 * Commits what can be committed. Blocks that the store no longer has, for another writer replaced the file long ago, are put
 * again from the cache; files of which a block is lost are left out. Such blocks are added to `lost`, and files that need
 * one that is in it are not tried.
 */
export const publishPlan = async (
  plan: CommitPlan,
  { source, ...from }: Readonly<{ source: VolumeSource; cache: BlockCache; staging: FileHandle }>,
  lost: Set<Digest>,
): Promise<Published> => {
  const tried = plan.puts.filter((put) => !digestsNeededBy(put).some((digest) => lost.has(digest)));
  const blocks = new Map<string, readonly Digest[]>();
  for (const [path, made] of await makeBlocks({ ...plan, puts: tried }, source, from)) {
    if (made instanceof MissingBlockError) lost.add(made.digest);
    else blocks.set(path, made);
  }
  const restored = new Set<Digest>();
  const turns = new Turns(RESTORED_AT_ONCE);
  const restore = async (digest: Digest): Promise<void> => {
    const bytes = restored.has(digest) ? undefined : await from.cache.read(digest);
    if (bytes === undefined) {
      lost.add(digest);
      return;
    }
    await source.putBlock(digest, bytes);
    restored.add(digest);
  };
  for (;;) {
    const changes = changesOf(plan, blocks);
    const missing = changes.length === 0 ? [] : await missingAfter(source.commit(changes));
    if (missing.length === 0) break;
    await Promise.all(missing.map((digest) => turns.run(() => restore(digest))));
    for (const [path, digests] of blocks) if (digests.some((digest) => lost.has(digest))) blocks.delete(path);
  }
  const leftOut = plan.puts.filter((put) => put.kind === 'file' && !blocks.has(put.path));
  return { blocks, leftOut: leftOut.map(({ path }) => path) };
};

const digestsNeededBy = (put: PlannedEntry): readonly Digest[] =>
  put.kind === 'file' ? put.blocks.flatMap(digestsIn) : [];

const digestsIn = (block: PlannedBlock): readonly Digest[] =>
  typeof block === 'string'
    ? [block]
    : block.flatMap((segment) => (segment.kind === 'block' ? [segment.digest] : []));

const changesOf = (
  { removed, puts }: CommitPlan,
  blocks: ReadonlyMap<string, readonly Digest[]>,
): readonly VolumeChange[] => [
  ...removed.map((path) => ({ remove: path })),
  ...puts.flatMap((put): readonly VolumeChange[] => {
    if (put.kind !== 'file') return [{ put }];
    const made = blocks.get(put.path);
    return made === undefined ? [] : [{ put: { ...put, blocks: made } }];
  }),
];

/** The blocks for which the store refused a commit. */
const missingAfter = async (committed: Promise<void>): Promise<readonly Digest[]> => {
  try {
    await committed;
    return [];
  } catch (error) {
    const missing =
      error instanceof RefusedError && error.refusal.code === 'volume-block-missing'
        ? (error.refusal.subjects ?? [])
        : [];
    if (missing.length === 0) throw error;
    return missing;
  }
};
