import type { BlobDownload, BlobUpload, CreateBlob, CreateMount, MountPage } from '../blobs.js';
import type { AppId, BlobId, CallId, Digest, MountId, WorkspaceId } from '../ids.js';
import type { Ask, Nothing, OfWorkspace } from './ask.js';
import type { VolumeRequests } from './volumes.js';

/** What the blob-store is asked. */
export interface BlobStoreRequests extends VolumeRequests {
  /** With a workspace: what it has not shown that it has counts as missing, whoever else has it. */
  'blob-store.find-missing': Ask<
    Readonly<{ workspaceId?: WorkspaceId; digests: readonly Digest[] }>,
    Readonly<{ missing: readonly Digest[] }>
  >;
  /** A workspace has sent us these bytes: from now on it may name them by their digests. */
  'blob-store.own-files': Ask<OfWorkspace & Readonly<{ digests: readonly Digest[] }>, Nothing>;
  'blob-store.create-mount': Ask<CreateMount, Readonly<{ mountId: MountId; checksum: string }>>;
  /** A page of its files in the order of their names, after the one named `after`. */
  'blob-store.get-mount': Ask<Readonly<{ mountId: MountId; after?: string }>, MountPage>;
  /**
   * Refuses unless each of them is a mount of the workspace's own or of the platform's. They stay as long as the app, or the call of a
   * sandbox, that they are used by; for a build, which has neither, until it is long over.
   */
  'blob-store.require-mounts': Ask<
    OfWorkspace & Readonly<{ mountIds: readonly MountId[]; usedBy?: AppId | CallId }>,
    Nothing
  >;
  'blob-store.find-mount': Ask<
    OfWorkspace & Readonly<{ name: string }>,
    Readonly<{ mount?: Readonly<{ mountId: MountId; checksum: string }> }>
  >;
  'blob-store.create-blob': Ask<CreateBlob, BlobUpload>;
  /** It stays for a day at least, in which its URL may be used and an input may come to name it. */
  'blob-store.get-blob': Ask<OfWorkspace & Readonly<{ blobId: BlobId }>, BlobDownload>;
  /** What an uploaded blob's bytes hash to: turns a blob into a file of a mount. */
  'blob-store.digest-of-blob': Ask<
    OfWorkspace & Readonly<{ blobId: BlobId }>,
    Readonly<{ digest: Digest; sizeBytes: number }>
  >;
}
