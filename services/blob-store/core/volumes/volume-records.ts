import type {
  Digest,
  EnvironmentChoice,
  VolumeChange,
  VolumeEntry,
  VolumeId,
  VolumeListing,
  VolumeSize,
  WorkspaceId,
} from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { TreeReader } from './load-draft.js';
import type { VolumeRecord } from './volume-record.js';

export type VolumeKey = Readonly<{ workspaceId: WorkspaceId; volumeId: VolumeId }>;

export type TreePage = Readonly<{
  version: number;
  full: boolean;
  entries: readonly VolumeEntry[];
  removed: readonly string[];
  next?: string;
}>;

export type CommitOrder = VolumeKey & Readonly<{ commitId: string; parts: number; at: Instant }>;

export type DeletionOrder = VolumeKey &
  Readonly<{
    /** A gateway of before does not say it: then a repetition finds nothing. */ deletionId?: string;
    at: Instant;
  }>;

/** What a tree becomes: entries by their paths, undefined for those that go. */
export type TreeChange = ReadonlyMap<string, VolumeEntry | undefined>;

export type CommitEnd =
  | Readonly<{ status: 'committed'; version: number }>
  | Readonly<{ status: 'no-such-volume' }>
  | Readonly<{ status: 'parts-missing'; found: number }>
  | Readonly<{ status: 'blocks-missing'; digests: readonly Digest[] }>;

/** What is known of volumes. */
export interface VolumeRecords {
  /** False where the id, or the name in its environment, is taken. */
  create(volume: VolumeRecord): Promise<boolean>;
  find(key: VolumeKey): Promise<VolumeRecord | undefined>;
  findNamed(workspaceId: WorkspaceId, environment: string, name: string): Promise<VolumeRecord | undefined>;
  /** Named ones, the newest first. */
  list(
    order: Readonly<{
      workspaceId: WorkspaceId;
      environments: EnvironmentChoice;
      before?: Readonly<{ createdAtMs: number; volumeId?: VolumeId }>;
      limit: number;
    }>,
  ): Promise<readonly VolumeRecord[]>;
  /** Of all workspaces, in the order of their ids. */
  measure(order: Readonly<{ after?: VolumeId; limit: number }>): Promise<readonly VolumeSize[]>;
  rename(key: VolumeKey, name: string): Promise<'renamed' | 'name-taken' | 'no-such-volume'>;
  /** Says whether there was one; a deletion that was made before is answered as it was then. */
  delete(order: DeletionOrder): Promise<boolean>;
  /** Says whether there is one. */
  extend(key: VolumeKey, expiresAt: Instant): Promise<boolean>;
  /**
   * Ephemeral volumes whose time is over; says how many there were. Where it was not asked for for a while, all live as much longer,
   * and at most a lease from now.
   */
  removeExpired(at: Instant, leaseMs: number): Promise<number>;
  /** Forgets which entries were removed, which commits and deletions were made and what was staged before `before`. */
  forgetHistory(before: Instant): Promise<void>;

  /** The tree as it is at the moment. */
  tree(volumeId: VolumeId): TreeReader;
  readPage(
    order: VolumeKey & Readonly<{ since?: number; after?: string; limit: number }>,
  ): Promise<TreePage | undefined>;
  listPage(
    order: Readonly<{
      volumeId: VolumeId;
      folder: string;
      depth: 'children' | 'all';
      after?: string;
      limit: number;
    }>,
  ): Promise<readonly VolumeListing[]>;
  /** Whether a commit was made. */
  hasCommit(volumeId: VolumeId, commitId: string): Promise<boolean>;
  /** False where there is no such volume. */
  stage(
    order: VolumeKey &
      Readonly<{ commitId: string; part: number; changes: readonly VolumeChange[]; at: Instant }>,
  ): Promise<boolean>;
  /**
   * One transaction: nobody else changes the tree while `decide` looks at it, and its answer is written whole or not at
   * all. A commit that was made before is answered as it was then. What `decide` throws leaves everything as it was.
   */
  commit(
    order: CommitOrder,
    decide: (tree: TreeReader, staged: readonly VolumeChange[]) => Promise<TreeChange>,
  ): Promise<CommitEnd>;
}
