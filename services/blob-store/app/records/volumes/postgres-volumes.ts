import type {
  CommitEnd,
  CommitOrder,
  DeletionOrder,
  TreePage,
  TreeReader,
  VolumeKey,
  VolumeRecord,
  VolumeRecords,
} from '@slipway/blob-store-core';
import type { VolumeId, VolumeListing, VolumeSize, WorkspaceId } from '@slipway/contracts';
import { inTransaction, isUniqueViolation, timeAwayMs, type LendingPool } from '@slipway/event-store';
import { whileDatabaseIsAway } from '../while-database-is-away.js';
import { commitInPostgres } from './commit-in-postgres.js';
import { deleteVolume, deleteVolumes } from './delete-volumes.js';
import { readTreePage } from './read-tree-page.js';
import { treeInPostgres } from './tree-in-postgres.js';
import { volumeOf, type EntryRow, type VolumeRow } from './volume-rows.js';
import { VolumeTurns } from './volume-turns.js';

/** Volumes in PostgreSQL. A commit is one transaction: a crash at any moment leaves the old tree or the new one. */
export class PostgresVolumes implements VolumeRecords {
  private readonly turns = new VolumeTurns();

  constructor(private readonly pool: LendingPool) {}

  async create(volume: VolumeRecord): Promise<boolean> {
    const rows = await this.query(
      'create-volume',
      `insert into blob_store.volumes
         (volume_id, workspace_id, environment, name, format, created_at, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning volume_id`,
      [
        volume.volumeId,
        volume.workspaceId,
        volume.environment,
        volume.name ?? null,
        volume.format,
        volume.createdAtMs,
        volume.createdBy,
        volume.expiresAt ?? null,
      ],
    );
    return rows.length > 0;
  }

  async find({ workspaceId, volumeId }: VolumeKey): Promise<VolumeRecord | undefined> {
    const [row] = await this.query<VolumeRow>(
      'find-volume',
      'select * from blob_store.volumes where volume_id = $1 and workspace_id = $2',
      [volumeId, workspaceId],
    );
    return row && volumeOf(row);
  }

  async findNamed(
    workspaceId: WorkspaceId,
    environment: string,
    name: string,
  ): Promise<VolumeRecord | undefined> {
    const [row] = await this.query<VolumeRow>(
      'find-named-volume',
      'select * from blob_store.volumes where workspace_id = $1 and environment = $2 and name = $3',
      [workspaceId, environment, name],
    );
    return row && volumeOf(row);
  }

  async list({
    workspaceId,
    environments,
    before,
    limit,
  }: Parameters<VolumeRecords['list']>[0]): Promise<readonly VolumeRecord[]> {
    const rows = await this.query<VolumeRow>(
      'list-volumes',
      `select * from blob_store.volumes
       where workspace_id = $1 and name is not null and (environment = any($2)) = $6
         and ($3::double precision is null or (created_at, volume_id) < ($3::double precision, $4::text))
       order by created_at desc, volume_id desc limit $5`,
      [
        workspaceId,
        'only' in environments ? environments.only : environments.allBut,
        before?.createdAtMs ?? null,
        before?.volumeId ?? '',
        limit,
        'only' in environments,
      ],
    );
    return rows.map(volumeOf);
  }

  async measure({ after, limit }: Parameters<VolumeRecords['measure']>[0]): Promise<readonly VolumeSize[]> {
    const rows = await this.query<VolumeRow & { stored_bytes: string }>(
      'measure-volumes',
      `select v.*, (
         select coalesce(sum(e.size_bytes), 0) from blob_store.volume_entries e
         where e.volume_id = v.volume_id and not e.removed
       ) as stored_bytes
       from blob_store.volumes v where v.volume_id > $1 order by v.volume_id limit $2`,
      [after ?? '', limit],
    );
    return rows.map((row) => ({
      volumeId: row.volume_id,
      workspaceId: row.workspace_id,
      environment: row.environment,
      ...(row.name === null ? {} : { name: row.name }),
      createdAtMs: Number(row.created_at),
      storedBytes: Number(row.stored_bytes),
    }));
  }

  async rename(key: VolumeKey, name: string): Promise<'renamed' | 'name-taken' | 'no-such-volume'> {
    try {
      const rows = await this.turns.run(key, () =>
        this.query(
          'rename-volume',
          `update blob_store.volumes set name = $3
           where volume_id = $1 and workspace_id = $2 and name is not null returning volume_id`,
          [key.volumeId, key.workspaceId, name],
        ),
      );
      return rows.length > 0 ? 'renamed' : 'no-such-volume';
    } catch (error) {
      if (isUniqueViolation(error)) return 'name-taken';
      throw error;
    }
  }

  delete(order: DeletionOrder): Promise<boolean> {
    return this.turns.runOnce(order, `delete/${order.deletionId}`, () =>
      whileDatabaseIsAway(() => deleteVolume(this.pool, order)),
    );
  }

  async extend(key: VolumeKey, expiresAt: number): Promise<boolean> {
    const rows = await this.turns.run(key, () =>
      this.query(
        'extend-volume',
        `update blob_store.volumes set expires_at = case when expires_at is null then null else $3::bigint end
         where volume_id = $1 and workspace_id = $2 returning volume_id`,
        [key.volumeId, key.workspaceId, expiresAt],
      ),
    );
    return rows.length > 0;
  }

  async removeExpired(at: number, leaseMs: number): Promise<number> {
    await inTransaction(this.pool, async (connection) => {
      const awayMs = await timeAwayMs(connection, 'blob_store', at);
      if (awayMs === 0) return;
      await connection.query({
        text: `update blob_store.volumes set expires_at = greatest(expires_at, least(expires_at + $1, $2))
          where expires_at is not null`,
        values: [awayMs, at + leaseMs],
      });
    });
    return deleteVolumes(this.pool, { name: 'expired-volumes', where: 'expires_at < $1', values: [at] }, at);
  }

  async forgetHistory(before: number): Promise<void> {
    await this.query(
      'forget-tombstones',
      `with gone as (
         delete from blob_store.volume_entries where removed and changed_at < $1 returning volume_id, changed_in
       ), newest as (select volume_id, max(changed_in) as version from gone group by volume_id)
       update blob_store.volumes v set history_from = greatest(v.history_from, newest.version)
       from newest where v.volume_id = newest.volume_id`,
      [before],
    );
    await this.query('forget-commits', 'delete from blob_store.volume_commits where committed_at < $1', [
      before,
    ]);
    await this.query('forget-deletions', 'delete from blob_store.volume_deletions where deleted_at < $1', [
      before,
    ]);
    await this.query('forget-staged', 'delete from blob_store.volume_staged_parts where staged_at < $1', [
      before,
    ]);
  }

  tree(volumeId: VolumeId): TreeReader {
    const now = treeInPostgres(this.pool, volumeId);
    return {
      entries: (paths) => whileDatabaseIsAway(() => now.entries(paths)),
      below: (folder) => whileDatabaseIsAway(() => now.below(folder)),
    };
  }

  readPage(order: Parameters<VolumeRecords['readPage']>[0]): Promise<TreePage | undefined> {
    return whileDatabaseIsAway(() => readTreePage(this.pool, order));
  }

  async listPage({
    volumeId,
    folder,
    depth,
    after,
    limit,
  }: Parameters<VolumeRecords['listPage']>[0]): Promise<readonly VolumeListing[]> {
    const within =
      depth === 'children' ? 'folder = $2' : `($2 = '' or path > $2 || '/' and path < $2 || '0')`;
    const rows = await this.query<EntryRow>(
      `list-volume-${depth}`,
      `select path, kind, size_bytes, mtime_ms from blob_store.volume_entries
       where volume_id = $1 and ${within} and not removed and ($3::text is null or path > $3::text)
       order by path limit $4`,
      [volumeId, folder, after ?? null, limit],
    );
    return rows.map(({ path, kind, size_bytes, mtime_ms }) => ({
      path,
      kind,
      sizeBytes: Number(size_bytes),
      mtimeMs: mtime_ms,
    }));
  }

  async stage({
    workspaceId,
    volumeId,
    commitId,
    part,
    changes,
    at,
  }: Parameters<VolumeRecords['stage']>[0]): Promise<boolean> {
    const rows = await this.query(
      'stage-part',
      `insert into blob_store.volume_staged_parts (volume_id, commit_id, part, changes, staged_at)
       select volume_id, $3, $4, $5::json, $6 from blob_store.volumes where volume_id = $1 and workspace_id = $2
       on conflict (volume_id, commit_id, part) do update set changes = excluded.changes, staged_at = excluded.staged_at
       returning part`,
      [volumeId, workspaceId, commitId, part, JSON.stringify(changes), at],
    );
    return rows.length > 0;
  }

  async hasCommit(volumeId: VolumeId, commitId: string): Promise<boolean> {
    const rows = await this.query(
      'has-commit',
      'select 1 from blob_store.volume_commits where volume_id = $1 and commit_id = $2',
      [volumeId, commitId],
    );
    return rows.length > 0;
  }

  commit(order: CommitOrder, decide: Parameters<VolumeRecords['commit']>[1]): Promise<CommitEnd> {
    return this.turns.runOnce(order, `commit/${order.commitId}`, () =>
      whileDatabaseIsAway(() => commitInPostgres(this.pool, order, decide)),
    );
  }

  private async query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await whileDatabaseIsAway(() => this.pool.query<Row>({ name, text, values }));
    return rows;
  }
}
