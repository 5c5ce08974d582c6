import type { BlobId, Digest, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** Bytes of one workspace under an id, kept until `expiresAt`, and as long as an input that has not finished has them as arguments. */
export type Blob = Readonly<{ blobId: BlobId; workspaceId: WorkspaceId; expiresAt: Instant }> &
  (
    | Readonly<{
        status: 'uploading';
        contentLengthBytes: number;
        md5Hex?: string;
        sha256Hex?: string;
      }>
    | Readonly<{ status: 'stored'; digest: Digest; sizeBytes: number }>
  );

export type StoredBlob = Extract<Blob, { status: 'stored' }>;

/** How long arguments and results are kept, from when they were made; arguments also as long as their input has not finished. */
export const BLOB_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
