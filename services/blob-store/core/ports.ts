import type { BlobId, Digest, MountFile, MountId, MountView, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Blob } from './blobs/blob.js';
import type { GoingOn } from './garbage/going-on.js';
import type { User, Uses } from './garbage/uses.js';
import type { MountUses } from './mounts/mount-uses.js';
import type { ByteRange, StoredObject } from './objects/object.js';
import type { UploadedPart } from './uploads/order-parts.js';
import type { BlockOwners } from './volumes/block-owners.js';
import type { VolumeRecords } from './volumes/volume-records.js';

export type Bytes = AsyncIterable<Uint8Array>;

/** Bytes that came in whole and wait for a decision: either `commit` or `discard` must be called, and `discard` also after a commit that failed. */
export interface ReceivedObject extends StoredObject {
  readonly md5Hex: string;
  /** Makes them durable under their digest; stored anew when they were there before, which heals a corrupted object. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Where the bytes are. Never holds a whole body in memory. */
export interface ObjectStore {
  receive(body: Bytes): Promise<ReceivedObject>;
  /** Each piece is verified before it is handed out; throws CorruptedObjectError. Undefined: there is no such object. */
  read(digest: Digest, range?: ByteRange): Promise<Bytes | undefined>;
  sizeOf(digest: Digest): Promise<number | undefined>;
  remove(digest: Digest): Promise<void>;
  /** Removes what was received before `before` and never committed. */
  sweepIncoming(before: Instant): Promise<void>;
}

export type NamedMount = Pick<MountView, 'mountId' | 'checksum'>;

/** What is known of the bytes. */
export interface Records {
  /** Remembers an object, or that it was stored again; once kept, always kept. From now on `usedBy` uses it. */
  putObject(object: StoredObject, options: { kept: boolean; at: Instant; usedBy?: User }): Promise<void>;
  /** Those of the digests whose objects are whole; marks them as wanted at `at`. */
  touchObjects(digests: readonly Digest[], at: Instant): Promise<readonly Digest[]>;
  /** From now on the object counts as missing until it is stored again. */
  markCorrupted(digest: Digest): Promise<void>;
  putBlob(blob: Blob): Promise<void>;
  findBlob(blobId: BlobId): Promise<Blob | undefined>;
  putPart(blobId: BlobId, part: UploadedPart): Promise<void>;
  partsOf(blobId: BlobId): Promise<readonly UploadedPart[]>;
  removeParts(blobId: BlobId): Promise<void>;
  /** A mount that is there already was made again. One with a name is kept. */
  putMount(
    mount: MountView & Readonly<{ workspaceId: WorkspaceId; name?: string; at: Instant }>,
  ): Promise<void>;
  findMount(mountId: MountId): Promise<NamedMount | undefined>;
  /** The files of a mount in the order of their names, those after `after`. */
  mountFiles(mountId: MountId, page: { after: string; limit: number }): Promise<readonly MountFile[]>;
  /** The newest mount of that name. */
  findNamedMount(workspaceId: WorkspaceId, name: string): Promise<NamedMount | undefined>;
  /** From now on their time is not over before `until`. */
  prolongBlobs(blobIds: readonly BlobId[], until: Instant): Promise<void>;
  /** Blobs whose time is over. */
  expiredBlobs(at: Instant, limit: number): Promise<readonly BlobId[]>;
  /** Forgets them, with the parts of their uploads, unless they were prolonged in the meantime; says how many. */
  forgetBlobs(blobIds: readonly BlobId[], at: Instant): Promise<number>;
  /** Objects that may be garbage, for the rule to judge. */
  unreferencedObjects(
    before: Instant,
    limit: number,
  ): Promise<readonly Readonly<{ digest: Digest; kept: boolean; references: number; touchedAt: Instant }>[]>;
  /** Forgets an object unless it was referred to or touched in the meantime; says whether it did. */
  forgetObject(digest: Digest, untouchedSince: Instant): Promise<boolean>;
}

export interface Hashing {
  sha256Hex(text: string): string;
  /** Raw sha256, for ids. */
  sha256(text: string): Uint8Array;
  md5OfHex(hex: string): string;
  /** HMAC-SHA256 by the platform's signing key, hex. */
  hmac(text: string): string;
}

export type Ports = Readonly<{
  objects: ObjectStore;
  records: Records;
  volumes: VolumeRecords;
  blockOwners: BlockOwners;
  mountUses: MountUses;
  objectUses: Uses;
  goingOn: GoingOn;
  hashing: Hashing;
  /** The whole of some bytes as text. */
  textOf: (bytes: Bytes) => Promise<string>;
  now: () => Instant;
  randomBytes: (count: number) => Uint8Array;
}>;
