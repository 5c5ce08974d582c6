import { blobStoreUrlOf } from '@slipway/gateway-core';
import { BlobCreateResponse, type MultiPartUpload } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Python reads the lists of the answer, JavaScript and Go the single fields: both are filled. */
export const blobCreate =
  ({ bus, blobStorePublicUrl }: Pick<RpcParts, 'bus' | 'blobStorePublicUrl'>): UnaryRpc<'blobCreate'> =>
  async ({ contentMd5, contentSha256Base64, contentLength }, { caller }) => {
    const { workspaceId } = caller;
    const upload = await bus.request('blob-store.create-blob', {
      workspaceId,
      contentLengthBytes: contentLength,
      ...(contentMd5 ? { contentMd5Base64: contentMd5 } : {}),
      ...(contentSha256Base64 ? { contentSha256Base64 } : {}),
    });
    const { blobId } = upload;
    const url = (path: string) => new URL(path, blobStoreUrlOf(caller, blobStorePublicUrl)).href;
    if (upload.kind === 'single')
      return BlobCreateResponse.fromPartial({
        blobId,
        blobIds: [blobId],
        uploadTypeOneof: { $case: 'uploadUrl', value: url(upload.path) },
        uploadTypesOneof: { $case: 'uploadUrls', value: { items: [url(upload.path)] } },
      });
    const parts: MultiPartUpload = {
      partLength: upload.partLengthBytes,
      uploadUrls: upload.partPaths.map(url),
      completionUrl: url(upload.completionPath),
    };
    return BlobCreateResponse.fromPartial({
      blobId,
      blobIds: [blobId],
      uploadTypeOneof: { $case: 'multipart', value: parts },
      uploadTypesOneof: { $case: 'multiparts', value: { items: [parts] } },
    });
  };

export const blobGet =
  ({ bus, blobStorePublicUrl }: Pick<RpcParts, 'bus' | 'blobStorePublicUrl'>): UnaryRpc<'blobGet'> =>
  async ({ blobId }, { caller }) => {
    const { workspaceId } = caller;
    const { path } = await bus.request('blob-store.get-blob', { workspaceId, blobId });
    return { downloadUrl: new URL(path, blobStoreUrlOf(caller, blobStorePublicUrl)).href };
  };
