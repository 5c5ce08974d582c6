import { createHash } from 'node:crypto';
import { VOLUME_BLOCK_BYTES, ZERO_BLOCK, type VolumeChange, type VolumeFile } from '@slipway/contracts';
import { Chance } from '../simulation/chance.ts';

/** The moment of every commit: what a commit makes must follow from its changes alone. */
export const AT = 1_000;
export const STEPS = 12;

/** One commit: the blocks that are put before, and its changes in parts. */
export type Step = Readonly<{
  commitId: string;
  contents: readonly Buffer[];
  parts: readonly (readonly VolumeChange[])[];
}>;

const NAMES = ['a', 'b', 'deep/a', 'deep/b', 'deep/er/c', 'd'];

const contentOf = (chance: Chance): Buffer => {
  const content = Buffer.alloc(chance.between(1, 3000));
  for (let at = 0; at < content.length; at += 1) content[at] = chance.between(0, 255);
  content[content.length - 1] = 1;
  return content;
};

const fileOf = (path: string, content: Buffer, sparse: boolean): VolumeFile => {
  const digest = createHash('sha256').update(content).digest('hex');
  return {
    path,
    kind: 'file',
    mode: 0o644,
    mtimeMs: AT,
    sizeBytes: content.length + (sparse ? VOLUME_BLOCK_BYTES : 0),
    blocks: sparse ? [ZERO_BLOCK, digest] : [digest],
  };
};

const stepOf = (commitId: string, chance: Chance): Step => {
  const contents: Buffer[] = [];
  const parts = Array.from({ length: chance.between(1, 3) }, () =>
    Array.from({ length: chance.between(1, 4) }, (): VolumeChange => {
      if (chance.happens(0.15)) return { remove: chance.pick(NAMES) };
      if (chance.happens(0.15)) return { rename: { from: 'deep', to: chance.pick(['moved', 'd']) } };
      const content = contentOf(chance);
      contents.push(content);
      return { put: fileOf(chance.pick(NAMES), content, chance.happens(0.2)) };
    }),
  );
  return { commitId, contents, parts };
};

/** What the writer of this seed does, one commit after the other. */
export const workloadOf = (seed: number): readonly Step[] => {
  const chance = new Chance(seed);
  return Array.from({ length: STEPS }, (_, index) => stepOf(`${seed}-${index}`, chance));
};
