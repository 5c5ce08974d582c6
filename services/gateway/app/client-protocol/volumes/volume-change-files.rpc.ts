import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'bus'>;

/** A folder may have hundreds of thousands of files in it. */
const TIMEOUT_MS = 120_000;

/** Both formats of volumes are changed alike. */
export const volumeRemoveFile =
  ({ bus }: Parts): UnaryRpc<'volumeRemoveFile'> & UnaryRpc<'volumeRemoveFile2'> =>
  async ({ volumeId, path, recursive }, { caller: { workspaceId }, newId }) =>
    bus.request(
      'blob-store.remove-volume-entry',
      {
        workspaceId,
        volumeId,
        commitId: newId('vo'),
        path,
        recursive,
      },
      { timeoutMs: TIMEOUT_MS },
    );

export const volumeCopyFiles =
  ({ bus }: Parts): UnaryRpc<'volumeCopyFiles'> & UnaryRpc<'volumeCopyFiles2'> =>
  async ({ volumeId, srcPaths, dstPath, recursive }, { caller: { workspaceId }, newId }) =>
    bus.request(
      'blob-store.copy-volume-entries',
      {
        workspaceId,
        volumeId,
        commitId: newId('vo'),
        from: srcPaths,
        to: dstPath,
        recursive,
      },
      { timeoutMs: TIMEOUT_MS },
    );
