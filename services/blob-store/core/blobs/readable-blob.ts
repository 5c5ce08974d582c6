import type { BlobId, WorkspaceId } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { Blob, StoredBlob } from './blob.js';
import { mayReadBlob } from './may-read-blob.js';

/** The blob when this workspace may read it and its bytes are there. A blob of another workspace does not exist for the asker. */
export const readableBlob = (
  blobId: BlobId,
  blob: Blob | undefined,
  reader: WorkspaceId,
): StoredBlob | Refusal => {
  if (!blob || !mayReadBlob(reader, blob))
    return refuse('not-found', 'blob-not-found', `blob '${blobId}' does not exist or has expired`);
  return blob.status === 'stored'
    ? blob
    : refuse('conflict', 'blob-not-uploaded', `blob '${blobId}' has not been uploaded yet`);
};
