import type { Blob, UploadedPart } from '@slipway/blob-store-core';
import type { BlobId, Digest, MountFile, WorkspaceId } from '@slipway/contracts';

export type BlobRow = {
  blob_id: BlobId;
  workspace_id: WorkspaceId;
  expires_at: string;
  content_length_bytes: string | null;
  md5_hex: string | null;
  sha256_hex: string | null;
  digest: Digest | null;
  size_bytes: string | null;
};

export type PartRow = { part_number: number; digest: Digest; size_bytes: string; md5_hex: string };

export type MountFileRow = { filename: string; digest: Digest; size_bytes: string; mode: number | null };

export const blobOf = (row: BlobRow): Blob => {
  const identity = {
    blobId: row.blob_id,
    workspaceId: row.workspace_id,
    expiresAt: Number(row.expires_at),
  };
  return row.digest === null
    ? {
        ...identity,
        status: 'uploading',
        contentLengthBytes: Number(row.content_length_bytes),
        ...(row.md5_hex === null ? {} : { md5Hex: row.md5_hex }),
        ...(row.sha256_hex === null ? {} : { sha256Hex: row.sha256_hex }),
      }
    : { ...identity, status: 'stored', digest: row.digest, sizeBytes: Number(row.size_bytes) };
};

export const fileOf = (row: MountFileRow): MountFile => ({
  filename: row.filename,
  digest: row.digest,
  sizeBytes: Number(row.size_bytes),
  ...(row.mode === null ? {} : { mode: row.mode }),
});

export const partOf = (row: PartRow): UploadedPart => ({
  partNumber: row.part_number,
  digest: row.digest,
  sizeBytes: Number(row.size_bytes),
  md5Hex: row.md5_hex,
});
