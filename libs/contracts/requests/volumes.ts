import type { EnvironmentChoice } from '../environment-choice.js';
import type { Digest, VolumeId } from '../ids.js';
import type {
  Overwrite,
  VolumeChange,
  VolumeEntry,
  VolumeFile,
  VolumeFormat,
  VolumeListing,
  VolumeSize,
  VolumeView,
} from '../volumes.js';
import type { Ask, Nothing, OfWorkspace } from './ask.js';

type OfVolume = OfWorkspace & Readonly<{ volumeId: VolumeId }>;

/** What the blob-store is asked of volumes. A volume of another workspace does not exist for the asker. */
export interface VolumeRequests {
  /** `volumeId` is the id that it gets when it is made. Without a name: ephemeral, gone when nobody heartbeats it. */
  'blob-store.open-volume': Ask<
    OfVolume &
      Readonly<{
        environment: string;
        name?: string;
        how: 'find' | 'find-or-create' | 'create';
        /** Left out: whichever it has; 2 for a new one. */
        format?: VolumeFormat;
        createdBy: string;
      }>,
    VolumeView
  >;
  'blob-store.get-volume': Ask<OfVolume, VolumeView>;
  /** Named volumes, the newest first. */
  'blob-store.list-volumes': Ask<
    OfWorkspace &
      Readonly<{
        environments: EnvironmentChoice;
        /** Only those that come after this one: older, or as old and with a lower id. */
        before?: Readonly<{ createdAtMs: number; volumeId?: VolumeId }>;
        limit: number;
      }>,
    Readonly<{ volumes: readonly VolumeView[] }>
  >;
  /** The sizes of the volumes of all workspaces, in the order of their ids. */
  'blob-store.measure-volumes': Ask<
    Readonly<{ after?: VolumeId; limit: number }>,
    Readonly<{ volumes: readonly VolumeSize[] }>
  >;
  'blob-store.rename-volume': Ask<OfVolume & Readonly<{ name: string }>, Nothing>;
  /** Containers that have it mounted go on reading what they know of it; their commits and reloads are refused. Once more with the same `deletionId` answers the same for a day. */
  'blob-store.delete-volume': Ask<OfVolume & Readonly<{ deletionId: string }>, Nothing>;
  'blob-store.heartbeat-volume': Ask<OfVolume, Nothing>;
  /** Removes ephemeral volumes that nobody heartbeats. Asked once a minute by whoever hears heartbeats: a time without it does not count. */
  'blob-store.expire-volumes': Ask<Nothing, Readonly<{ expiredVolumes: number }>>;

  /**
   * A page of what changed after version `since`, in the order of the paths; without `since`, or where that is too long
   * ago (`full`), of the whole tree. A page is of one version. Where the pages of a reading are of several, what was read
   * is made whole by reading once more since the least of them, until one answer has no `next`; where `full` turns true
   * on a later page, the reading begins anew.
   */
  'blob-store.read-volume': Ask<
    OfVolume & Readonly<{ since?: number; after?: string; limit: number }>,
    Readonly<{
      version: number;
      full: boolean;
      entries: readonly VolumeEntry[];
      removed: readonly string[];
      /** `after` of the page that follows. */
      next?: string;
    }>
  >;
  /** One part (from 0) of a commit that is to come; a part that comes again replaces itself. */
  'blob-store.stage-volume-changes': Ask<
    OfVolume & Readonly<{ commitId: string; part: number; changes: readonly VolumeChange[] }>,
    Nothing
  >;
  /**
   * Applies the staged parts 0 … parts-1, all or nothing, and answers the version of the tree afterwards; once more with
   * the same commitId answers the same. Refuses `volume-block-missing` when blocks are not in the store: their digests,
   * or the first thousands of them, are its subjects.
   */
  'blob-store.commit-volume': Ask<
    OfVolume & Readonly<{ commitId: string; parts: number }>,
    Readonly<{ version: number }>
  >;

  /**
   * Which blocks of some files must be sent first, by PUT to the signed path with the block's `digest` in its query;
   * refuses files that may not be put. Nothing is missing of a commit that was made already.
   */
  'blob-store.prepare-volume-upload': Ask<
    OfVolume & Readonly<{ commitId: string; files: readonly VolumeFile[]; overwrite: Overwrite }>,
    Readonly<{
      path: string;
      missing: readonly Readonly<{ fileIndex: number; blockIndex: number }>[];
    }>
  >;
  /** As commit-volume, of staged files that a client put: never over a folder, over a file only where that is allowed. */
  'blob-store.commit-volume-upload': Ask<
    OfVolume & Readonly<{ commitId: string; parts: number; overwrite: Overwrite }>,
    Readonly<{ version: number }>
  >;
  /** Cuts a file that the workspace has sent whole into blocks. */
  'blob-store.cut-into-blocks': Ask<
    OfWorkspace & Readonly<{ digest: Digest }>,
    Readonly<{ sizeBytes: number; blocks: readonly Digest[] }>
  >;
  /** Signed paths for a range of a file, one per block, at most as many as fit: `lengthBytes` says how far they go. */
  'blob-store.get-volume-file': Ask<
    OfVolume &
      Readonly<{
        path: string;
        startBytes: number;
        /** Left out: to the end. */
        lengthBytes?: number;
        /** Who restores the zeros at a block's end. */
        padding: 'by-client' | 'by-server';
      }>,
    Readonly<{ sizeBytes: number; startBytes: number; lengthBytes: number; paths: readonly string[] }>
  >;
  /** What is in a folder, or the file itself; in the order of the paths. */
  'blob-store.list-volume-entries': Ask<
    OfVolume & Readonly<{ path: string; depth: 'children' | 'all'; after?: string; limit: number }>,
    Readonly<{ entries: readonly VolumeListing[]; next?: string }>
  >;
  'blob-store.remove-volume-entry': Ask<
    OfVolume & Readonly<{ commitId: string; path: string; recursive: boolean }>,
    Nothing
  >;
  /** As `cp` does. */
  'blob-store.copy-volume-entries': Ask<
    OfVolume & Readonly<{ commitId: string; from: readonly string[]; to: string; recursive: boolean }>,
    Nothing
  >;
}
