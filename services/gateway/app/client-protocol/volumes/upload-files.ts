import type { Overwrite, VolumeFile, VolumeId } from '@slipway/contracts';
import { blobStoreUrlOf, type Caller } from '@slipway/gateway-core';
import type { RpcParts } from '../rpc-parts.js';
import { partsOfUpload } from './parts-of-upload.js';

export type Upload = Readonly<{
  caller: Caller;
  volumeId: VolumeId;
  /** The same for every attempt of one request. */
  commitId: string;
  files: readonly VolumeFile[];
  overwrite: Overwrite;
}>;

export type MissingBlock = Readonly<{ fileIndex: number; blockIndex: number; putUrl: string }>;

const COMMIT_TIMEOUT_MS = 120_000;

/** Puts files into a volume in one commit, or says which of their blocks must be sent before. */
export const uploadFiles = async (
  { bus, blobStorePublicUrl }: Pick<RpcParts, 'bus' | 'blobStorePublicUrl'>,
  { caller, files, overwrite, ...rest }: Upload,
): Promise<readonly MissingBlock[]> => {
  const order = { workspaceId: caller.workspaceId, ...rest };
  const blobStoreUrl = blobStoreUrlOf(caller, blobStorePublicUrl);
  const parts = partsOfUpload(files);
  const missing: MissingBlock[] = [];
  const named = new Set<string>();
  for (const { firstIndex, files: some } of parts) {
    const part = await bus.request('blob-store.prepare-volume-upload', { ...order, files: some, overwrite });
    for (const { fileIndex, blockIndex } of part.missing) {
      const digest = some[fileIndex]?.blocks[blockIndex] ?? '';
      if (named.has(digest)) continue;
      named.add(digest);
      const putUrl = new URL(`${part.path}&digest=${digest}`, blobStoreUrl).href;
      missing.push({ fileIndex: firstIndex + fileIndex, blockIndex, putUrl });
    }
  }
  if (missing.length > 0) return missing;
  for (const [part, { files: some }] of parts.entries())
    await bus.request('blob-store.stage-volume-changes', {
      ...order,
      part,
      changes: some.map((put) => ({ put })),
    });
  await bus.request(
    'blob-store.commit-volume-upload',
    { ...order, parts: parts.length, overwrite },
    { timeoutMs: COMMIT_TIMEOUT_MS },
  );
  return [];
};
