import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { readVolumePath, type Overwrite, type VolumeFile, type WorkspaceId } from '@slipway/contracts';
import { VolumePutFiles2Response, type MountFile, type VolumePutFiles2Request_File } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { inBatches } from './in-batches.js';
import { uploadFiles } from './upload-files.js';

type Parts = Pick<RpcParts, 'bus' | 'blobStorePublicUrl'>;

const FILE_MODE = 0o644;
/** Cutting a large file reads and writes it once. */
const CUT_TIMEOUT_MS = 600_000;
const FILES_AT_ONCE = 4;

const overwriteOf = (disallowed: boolean): Overwrite => (disallowed ? 'refuse' : 'allow');

const fileOf = (file: VolumePutFiles2Request_File, mtimeMs: number): VolumeFile => ({
  kind: 'file',
  path: accepted(readVolumePath(file.path)),
  sizeBytes: file.size,
  mode: file.mode ?? FILE_MODE,
  mtimeMs,
  blocks: file.blocks.map(({ contentsSha256 }) => Buffer.from(contentsSha256).toString('hex')),
});

/** Files in blocks. Whether a block is there is known by its digest: the receipts of the uploads are not needed. */
export const volumePutFiles2 =
  (parts: Parts): UnaryRpc<'volumePutFiles2'> =>
  async (request, { caller, newId }) => {
    const missing = await uploadFiles(parts, {
      caller,
      volumeId: request.volumeId,
      commitId: newId('vo'),
      files: request.files.map((file) => fileOf(file, Date.now())),
      overwrite: overwriteOf(request.disallowOverwriteExistingFiles),
    });
    return VolumePutFiles2Response.fromPartial({ missingBlocks: [...missing] });
  };

const cutFile = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: WorkspaceId,
  { filename, sha256Hex, mode = FILE_MODE }: MountFile,
): Promise<VolumeFile> => {
  const path = accepted(readVolumePath(filename));
  const cut = await bus.request(
    'blob-store.cut-into-blocks',
    { workspaceId, digest: sha256Hex },
    { timeoutMs: CUT_TIMEOUT_MS },
  );
  return { kind: 'file', path, mode, mtimeMs: Date.now(), ...cut };
};

/** Files that were uploaded whole before. */
export const volumePutFiles =
  (parts: Parts): UnaryRpc<'volumePutFiles'> =>
  async (request, { caller, newId }) => {
    const files = await inBatches(request.files, FILES_AT_ONCE, (file) =>
      cutFile(parts, caller.workspaceId, file),
    );
    const missing = await uploadFiles(parts, {
      caller,
      volumeId: request.volumeId,
      commitId: newId('vo'),
      files,
      overwrite: overwriteOf(request.disallowOverwriteExistingFiles),
    });
    if (missing.length > 0)
      throw new RefusedError(
        refuse('unavailable', 'volume-block-missing', 'A file was lost while it was put: put it again.'),
      );
    return {};
  };
