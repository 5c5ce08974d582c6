import type { BlobId, Digest, MountFile, MountId, MountView, WorkspaceId } from '@slipway/contracts';
import type { Blob, NamedMount, Records, StoredObject, UploadedPart, User } from '@slipway/blob-store-core';
import type { SqlPool } from '@slipway/event-store';
import { blobOf, fileOf, partOf, type BlobRow, type MountFileRow, type PartRow } from './record-rows.js';
import { touchObjects } from './touch-objects.js';
import { whileDatabaseIsAway } from './while-database-is-away.js';

/** Wanting an object again is written down at most this often. */
const TOUCH_STEP_MS = 60 * 60 * 1000;

/** The records in PostgreSQL. Foreign keys see to it that no object is forgotten that something names. */
export class PostgresRecords implements Records {
  constructor(private readonly pool: SqlPool) {}

  async putObject(
    { digest, sizeBytes }: StoredObject,
    { kept, at, usedBy }: { kept: boolean; at: number; usedBy?: User },
  ): Promise<void> {
    await this.query(
      'put-object',
      `insert into blob_store.objects as o (digest, size_bytes, kept, touched_at) values ($1, $2, $3, $4)
       on conflict (digest) do update
         set kept = o.kept or excluded.kept, corrupted = false, touched_at = greatest(o.touched_at, excluded.touched_at)`,
      [digest, sizeBytes, kept, at],
    );
    if (usedBy === undefined) return;
    await this.query(
      'note-object-use',
      `insert into blob_store.object_uses as u (digest, used_by, used_at) values ($1, $2, $3)
       on conflict (digest, used_by) do update set used_at = greatest(u.used_at, excluded.used_at)`,
      [digest, usedBy, at],
    );
  }

  async touchObjects(digests: readonly Digest[], at: number): Promise<readonly Digest[]> {
    await this.query(
      'touch-objects',
      touchObjects('select unnest($1::text[])', '$2::bigint', `$2::bigint - ${TOUCH_STEP_MS}`),
      [digests, at],
    );
    // Afterwards, for what is being forgotten at this moment was still there before.
    const rows = await this.query<{ digest: Digest }>(
      'whole-objects',
      'select digest from blob_store.objects where digest = any($1) and not corrupted',
      [digests],
    );
    return rows.map(({ digest }) => digest);
  }

  async markCorrupted(digest: Digest): Promise<void> {
    await this.query('mark-corrupted', 'update blob_store.objects set corrupted = true where digest = $1', [
      digest,
    ]);
  }

  async putBlob(blob: Blob): Promise<void> {
    const uploading = blob.status === 'uploading' ? blob : undefined;
    const stored = blob.status === 'stored' ? blob : undefined;
    await this.query(
      'put-blob',
      `insert into blob_store.blobs
         (blob_id, workspace_id, expires_at, content_length_bytes, md5_hex, sha256_hex, digest, size_bytes)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (blob_id) do update set digest = excluded.digest, size_bytes = excluded.size_bytes`,
      [
        blob.blobId,
        blob.workspaceId,
        blob.expiresAt,
        uploading?.contentLengthBytes ?? null,
        uploading?.md5Hex ?? null,
        uploading?.sha256Hex ?? null,
        stored?.digest ?? null,
        stored?.sizeBytes ?? null,
      ],
    );
  }

  async findBlob(blobId: BlobId): Promise<Blob | undefined> {
    const [row] = await this.query<BlobRow>(
      'find-blob',
      'select * from blob_store.blobs where blob_id = $1',
      [blobId],
    );
    return row && blobOf(row);
  }

  async putPart(blobId: BlobId, { partNumber, digest, sizeBytes, md5Hex }: UploadedPart): Promise<void> {
    await this.query(
      'put-part',
      `insert into blob_store.upload_parts (blob_id, part_number, digest, size_bytes, md5_hex)
       values ($1, $2, $3, $4, $5)
       on conflict (blob_id, part_number) do update
         set digest = excluded.digest, size_bytes = excluded.size_bytes, md5_hex = excluded.md5_hex`,
      [blobId, partNumber, digest, sizeBytes, md5Hex],
    );
  }

  async partsOf(blobId: BlobId): Promise<readonly UploadedPart[]> {
    const rows = await this.query<PartRow>(
      'parts-of',
      `select part_number, digest, size_bytes, md5_hex from blob_store.upload_parts
       where blob_id = $1 order by part_number`,
      [blobId],
    );
    return rows.map(partOf);
  }

  async removeParts(blobId: BlobId): Promise<void> {
    await this.query('remove-parts', 'delete from blob_store.upload_parts where blob_id = $1', [blobId]);
  }

  async putMount(
    mount: MountView & Readonly<{ workspaceId: WorkspaceId; name?: string; at: number }>,
  ): Promise<void> {
    await this.query(
      'put-mount',
      `with mount as (
         insert into blob_store.mounts (mount_id, workspace_id, name, checksum, named_at, touched_at, kept)
         values ($1, $2, $3, $4, $5, $5, $3::text is not null)
         on conflict (mount_id) do update set named_at = excluded.named_at, touched_at = excluded.touched_at
         returning mount_id
       )
       insert into blob_store.mount_files (mount_id, filename, digest, size_bytes, mode)
       select mount.mount_id, f.filename, f.digest, f."sizeBytes", f.mode
       from mount, json_to_recordset($6::json) as f(filename text, digest text, "sizeBytes" bigint, mode integer)
       on conflict do nothing`,
      [
        mount.mountId,
        mount.workspaceId,
        mount.name ?? null,
        mount.checksum,
        mount.at,
        JSON.stringify(mount.files),
      ],
    );
  }

  async findMount(mountId: MountId): Promise<NamedMount | undefined> {
    const [mount] = await this.query<{ checksum: string }>(
      'find-mount',
      'select checksum from blob_store.mounts where mount_id = $1',
      [mountId],
    );
    return mount && { mountId, checksum: mount.checksum };
  }

  async mountFiles(
    mountId: MountId,
    { after, limit }: { after: string; limit: number },
  ): Promise<readonly MountFile[]> {
    const files = await this.query<MountFileRow>(
      'mount-files',
      `select filename, digest, size_bytes, mode from blob_store.mount_files
       where mount_id = $1 and filename collate "C" > $2 order by filename collate "C" limit $3`,
      [mountId, after, limit],
    );
    return files.map(fileOf);
  }

  async findNamedMount(workspaceId: WorkspaceId, name: string): Promise<NamedMount | undefined> {
    const [row] = await this.query<{ mount_id: MountId; checksum: string }>(
      'find-named-mount',
      `select mount_id, checksum from blob_store.mounts
       where workspace_id = $1 and name = $2 order by named_at desc limit 1`,
      [workspaceId, name],
    );
    return row && { mountId: row.mount_id, checksum: row.checksum };
  }

  async prolongBlobs(blobIds: readonly BlobId[], until: number): Promise<void> {
    await this.query(
      'prolong-blobs',
      'update blob_store.blobs set expires_at = $2 where blob_id = any($1) and expires_at < $2',
      [blobIds, until],
    );
  }

  async expiredBlobs(at: number, limit: number): Promise<readonly BlobId[]> {
    const rows = await this.query<{ blob_id: BlobId }>(
      'expired-blobs',
      'select blob_id from blob_store.blobs where expires_at < $1 order by expires_at limit $2',
      [at, limit],
    );
    return rows.map((row) => row.blob_id);
  }

  async forgetBlobs(blobIds: readonly BlobId[], at: number): Promise<number> {
    const rows = await this.query(
      'forget-blobs',
      'delete from blob_store.blobs where blob_id = any($1) and expires_at < $2 returning blob_id',
      [blobIds, at],
    );
    return rows.length;
  }

  async unreferencedObjects(
    before: number,
    limit: number,
  ): Promise<readonly { digest: Digest; kept: boolean; references: number; touchedAt: number }[]> {
    const rows = await this.query<{ digest: Digest; kept: boolean; touched_at: string }>(
      'unreferenced-objects',
      `select digest, kept, touched_at from blob_store.objects o
       where not kept and touched_at < $1
         and not exists (select 1 from blob_store.blobs b where b.digest = o.digest)
         and not exists (select 1 from blob_store.upload_parts p where p.digest = o.digest)
         and not exists (select 1 from blob_store.mount_files f where f.digest = o.digest)
         and not exists (select 1 from blob_store.volume_blocks v where v.digest = o.digest)
         and not exists (select 1 from blob_store.object_uses u where u.digest = o.digest)
       limit $2`,
      [before, limit],
    );
    return rows.map(({ digest, kept, touched_at }) => ({
      digest,
      kept,
      references: 0,
      touchedAt: Number(touched_at),
    }));
  }

  async forgetObject(digest: Digest, untouchedSince: number): Promise<boolean> {
    try {
      const rows = await this.query(
        'forget-object',
        'delete from blob_store.objects where digest = $1 and not kept and touched_at <= $2 returning digest',
        [digest, untouchedSince],
      );
      return rows.length > 0;
    } catch (error) {
      if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION) return false;
      throw error;
    }
  }

  private async query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await whileDatabaseIsAway(() => this.pool.query<Row>({ name, text, values }));
    return rows;
  }
}

const FOREIGN_KEY_VIOLATION = '23503';
