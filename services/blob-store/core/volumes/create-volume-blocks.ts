import {
  readVolumePath,
  trimZeros,
  VOLUME_BLOCK_BYTES,
  ZERO_BLOCK,
  type AnswerOf,
  type AskOf,
  type Digest,
  type VolumeFile,
  type WorkspaceId,
} from '@slipway/contracts';
import { accepted, isRefusal, refuse, RefusedError } from '@slipway/kernel';
import { atMost } from '../objects/at-most.js';
import type { ObjectShelf } from '../objects/object-shelf.js';
import { parseDigest } from '../objects/parse-digest.js';
import type { Bytes, Ports } from '../ports.js';
import { signPath } from '../signing/signed-path.js';
import { blockSpans } from './block-spans.js';
import { checkEntry } from './check-changes.js';
import { checkUploadTargets } from './check-upload-targets.js';
import { volumeNotFound } from './create-volumes.js';
import { cutBlocks } from './cut-blocks.js';
import { foldersAbove } from './volume-path.js';

/** A URL must outlast the download or upload of all that was asked for with it. */
const URL_LIFETIME_MS = 24 * 60 * 60 * 1000;

export type VolumeBlocks = Readonly<{
  prepareUpload(
    ask: AskOf<'blob-store.prepare-volume-upload'>,
  ): Promise<AnswerOf<'blob-store.prepare-volume-upload'>>;
  cut(ask: AskOf<'blob-store.cut-into-blocks'>): Promise<AnswerOf<'blob-store.cut-into-blocks'>>;
  file(ask: AskOf<'blob-store.get-volume-file'>): Promise<AnswerOf<'blob-store.get-volume-file'>>;
  /** Stores a block that a workspace was asked for; throws a RefusedError where the bytes are others. */
  put(workspaceId: WorkspaceId, digest: Digest, body: Bytes): Promise<void>;
}>;

/** The bytes of volumes: which must be sent, where they are put, where they are got. */
export const createVolumeBlocks = (ports: Ports, shelf: ObjectShelf): VolumeBlocks => {
  const { volumes, blockOwners, records, hashing, now } = ports;
  const signed = (method: string, path: string): string =>
    signPath(method, path, now() + URL_LIFETIME_MS, hashing.hmac);

  return {
    prepareUpload: async ({ workspaceId, volumeId, commitId, files, overwrite }) => {
      const refusal = files.map(checkEntry).find((found) => found !== undefined);
      if (refusal) throw new RefusedError(refusal);
      if (!(await volumes.find({ workspaceId, volumeId }))) throw volumeNotFound(volumeId);
      const path = signed('PUT', `/volume-uploads/${workspaceId}`);
      if (await volumes.hasCommit(volumeId, commitId)) return { path, missing: [] };
      const paths = new Set(files.flatMap((file) => [file.path, ...foldersAbove(file.path)]));
      const entries = await volumes.tree(volumeId).entries([...paths]);
      const there = new Map(entries.map((entry) => [entry.path, entry]));
      const clash = checkUploadTargets(files, overwrite, (wanted) => there.get(wanted));
      if (clash) throw new RefusedError(clash);
      const wanted = [...new Set(files.flatMap(({ blocks }) => blocks))];
      const owned = await blockOwners.owned(workspaceId, wanted);
      const kept = await records.touchObjects(owned, now());
      return { path, missing: missingBlocks(files, new Set([ZERO_BLOCK, ...kept])) };
    },

    cut: async ({ workspaceId, digest: named }) => {
      const digest = accepted(parseDigest(named));
      const [owned] = await blockOwners.owned(workspaceId, [digest]);
      const sizeBytes = owned && (await ports.objects.sizeOf(owned));
      const bytes = sizeBytes === undefined ? undefined : await shelf.read(digest);
      if (sizeBytes === undefined || bytes === undefined)
        throw new RefusedError(
          refuse('not-found', 'object-not-found', `The file ${digest} is not in the store: upload it first.`),
        );
      const blocks: Digest[] = [];
      for await (const block of cutBlocks(bytes, VOLUME_BLOCK_BYTES)) {
        const content = trimZeros(block);
        blocks.push(
          content.length === 0
            ? ZERO_BLOCK
            : (await shelf.put(once(content), { kept: false, expected: {} })).digest,
        );
      }
      await blockOwners.add(workspaceId, blocks);
      return { sizeBytes, blocks };
    },

    file: async ({ workspaceId, volumeId, path: text, startBytes, lengthBytes, padding }) => {
      const path = accepted(readVolumePath(text));
      if (!(await volumes.find({ workspaceId, volumeId }))) throw volumeNotFound(volumeId);
      const [entry] = path === '' ? [] : await volumes.tree(volumeId).entries([path]);
      if (path !== '' && !entry)
        throw new RefusedError(
          refuse('not-found', 'volume-path-not-found', `There is no file '${path}' in this volume.`),
        );
      if (entry?.kind !== 'file')
        throw new RefusedError(
          refuse(
            'invalid',
            'volume-path-no-file',
            `'${path || '/'}' is a ${entry?.kind ?? 'directory'}: only files can be read.`,
          ),
        );
      const range = blockSpans(entry, startBytes, lengthBytes);
      if (isRefusal(range)) throw new RefusedError(range);
      return {
        sizeBytes: entry.sizeBytes,
        startBytes,
        lengthBytes: range.lengthBytes,
        paths: range.spans.map(({ digest, first, end }) =>
          signed('GET', `/volume-blocks/${digest}/${first}-${end}/${padding}`),
        ),
      };
    },

    put: async (workspaceId, digest, body) => {
      const expected = { sha256Hex: digest };
      await shelf.put(atMost(body, VOLUME_BLOCK_BYTES, 'block-too-large'), { kept: false, expected });
      await blockOwners.add(workspaceId, [digest]);
    },
  };
};

/** Each missing block once, where it appears first. */
const missingBlocks = (
  files: readonly VolumeFile[],
  there: Set<Digest>,
): { fileIndex: number; blockIndex: number }[] =>
  files.flatMap(({ blocks }, fileIndex) =>
    blocks.flatMap((digest, blockIndex) => {
      if (there.has(digest)) return [];
      there.add(digest);
      return [{ fileIndex, blockIndex }];
    }),
  );

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
