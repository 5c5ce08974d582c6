import type { Digest, VolumeEntry, VolumeFormat, VolumeId, WorkspaceId } from '@slipway/contracts';
import type { VolumeRecord } from '@slipway/blob-store-core';

export type VolumeRow = {
  volume_id: VolumeId;
  workspace_id: WorkspaceId;
  environment: string;
  name: string | null;
  format: number;
  created_at: string;
  created_by: string;
  version: string;
  expires_at: string | null;
};

export const volumeOf = (row: VolumeRow): VolumeRecord => ({
  volumeId: row.volume_id,
  workspaceId: row.workspace_id,
  environment: row.environment,
  ...(row.name === null ? {} : { name: row.name }),
  format: row.format as VolumeFormat,
  createdAtMs: Number(row.created_at),
  createdBy: row.created_by,
  version: Number(row.version),
  ...(row.expires_at === null ? {} : { expiresAt: Number(row.expires_at) }),
});

export type EntryRow = {
  path: string;
  kind: VolumeEntry['kind'];
  size_bytes: string;
  mode: number;
  mtime_ms: number;
  target: string | null;
  blocks: Digest[];
};

export const ENTRY_COLUMNS = 'path, kind, size_bytes, mode, mtime_ms, target, blocks';

export const entryOf = (row: EntryRow): VolumeEntry => {
  const named = { path: row.path, mode: row.mode, mtimeMs: row.mtime_ms };
  switch (row.kind) {
    case 'file':
      return { ...named, kind: 'file', sizeBytes: Number(row.size_bytes), blocks: row.blocks };
    case 'directory':
      return { ...named, kind: 'directory' };
    case 'symlink':
      return { ...named, kind: 'symlink', target: row.target ?? '' };
    default:
      return row.kind satisfies never;
  }
};
