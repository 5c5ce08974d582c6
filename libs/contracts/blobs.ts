import type { BlobId, Digest, MountId, WorkspaceId } from './ids.js';

export type MountFile = Readonly<{ filename: string; digest: Digest; sizeBytes: number; mode?: number }>;

export type CreateMount = Readonly<{
  workspaceId: WorkspaceId;
  /** The object that lists its files: `MountFile[]` as JSON, which may be larger than a message. */
  listDigest: Digest;
  /** Who named the digests: a client may name only those of files that its workspace has sent. */
  namedBy: 'client' | 'platform';
  /** A named mount can be found again; runtime mounts of all workspaces have names. */
  name?: string;
}>;

/** `checksum`: sha256 over the sorted files; two mounts with the same content have the same one. */
export type MountView = Readonly<{ mountId: MountId; checksum: string; files: readonly MountFile[] }>;

/** `next`: `after` of the page that follows. */
export type MountPage = MountView & Readonly<{ next?: string }>;

export type CreateBlob = Readonly<{
  workspaceId: WorkspaceId;
  contentLengthBytes: number;
  /** base64; a placeholder (begins `baadbaad`) is not verified. */
  contentMd5Base64?: string;
  contentSha256Base64?: string;
}>;

/** URLs are paths with a signature that expires; the asker puts the base in front by which it reaches the blob-store. */
export type BlobUpload =
  | Readonly<{ blobId: BlobId; kind: 'single'; path: string }>
  | Readonly<{
      blobId: BlobId;
      kind: 'multipart';
      partLengthBytes: number;
      partPaths: readonly string[];
      completionPath: string;
    }>;

export type BlobDownload = Readonly<{ path: string; sizeBytes: number }>;
