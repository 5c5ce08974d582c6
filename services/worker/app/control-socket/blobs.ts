import {
  BlobCreateResponse,
  BlobGetResponse,
  type BlobCreateRequest,
  type BlobGetRequest,
} from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';

/** Python reads the lists of the answer, JavaScript and Go its single fields: both are filled. */
export const createBlob = async (
  host: WorkerHost,
  session: ContainerSession,
  request: BlobCreateRequest,
): Promise<BlobCreateResponse> => {
  const upload = await host.bus.request('blob-store.create-blob', {
    workspaceId: session.assignment.workspaceId,
    contentLengthBytes: request.contentLength,
    ...(request.contentMd5 !== '' && { contentMd5Base64: request.contentMd5 }),
    ...(request.contentSha256Base64 !== '' && { contentSha256Base64: request.contentSha256Base64 }),
  });
  const url = (path: string): string => `${host.blobBaseUrl}${path}`;
  const named = { blobId: upload.blobId, blobIds: [upload.blobId] };
  if (upload.kind === 'single')
    return BlobCreateResponse.fromPartial({
      ...named,
      uploadTypeOneof: { $case: 'uploadUrl', value: url(upload.path) },
      uploadTypesOneof: { $case: 'uploadUrls', value: { items: [url(upload.path)] } },
    });
  const multipart = {
    partLength: upload.partLengthBytes,
    uploadUrls: upload.partPaths.map(url),
    completionUrl: url(upload.completionPath),
  };
  return BlobCreateResponse.fromPartial({
    ...named,
    uploadTypeOneof: { $case: 'multipart', value: multipart },
    uploadTypesOneof: { $case: 'multiparts', value: { items: [multipart] } },
  });
};

export const getBlob = async (
  host: WorkerHost,
  session: ContainerSession,
  { blobId }: BlobGetRequest,
): Promise<BlobGetResponse> => {
  const { path } = await host.bus.request('blob-store.get-blob', {
    workspaceId: session.assignment.workspaceId,
    blobId,
  });
  return BlobGetResponse.fromPartial({ downloadUrl: `${host.blobBaseUrl}${path}` });
};
