import type { MountUses, Use, User } from '@slipway/blob-store-core';
import type { MountId, WorkspaceId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { whileDatabaseIsAway } from './while-database-is-away.js';

const UNUSED = `not kept and touched_at <= $2
  and not exists (select 1 from blob_store.mount_uses u where u.mount_id = m.mount_id)`;

/** A mount is touched with each use of it, so that whoever removes one sees under its lock that it was used meanwhile. */
export class PostgresMountUses implements MountUses {
  constructor(private readonly pool: SqlPool) {}

  async note(
    workspaceIds: readonly WorkspaceId[],
    mountIds: readonly MountId[],
    { usedBy, at }: Readonly<{ usedBy?: User; at: number }>,
  ): Promise<readonly MountId[]> {
    await this.query(
      'note-mount-uses',
      `with held as (
         select mount_id from blob_store.mounts
         where mount_id = any($1) and workspace_id = any($2) and not kept order by mount_id for no key update
       ), touched as (
         update blob_store.mounts m set touched_at = greatest(m.touched_at, $3::bigint)
         from held where m.mount_id = held.mount_id returning m.mount_id
       )
       insert into blob_store.mount_uses as u (mount_id, used_by, used_at)
       select mount_id, $4::text, $3::bigint from touched where $4::text is not null
       on conflict (mount_id, used_by) do update set used_at = greatest(u.used_at, excluded.used_at)`,
      [mountIds, workspaceIds, at, usedBy ?? null],
    );
    const rows = await this.query<{ mount_id: MountId }>(
      'mounts-of',
      'select mount_id from blob_store.mounts where mount_id = any($1) and workspace_id = any($2)',
      [mountIds, workspaceIds],
    );
    return rows.map((row) => row.mount_id);
  }

  async users({
    notedBefore,
    after,
    limit,
  }: Readonly<{ notedBefore: number; after: string; limit: number }>): Promise<readonly User[]> {
    const rows = await this.query<{ used_by: User }>(
      'mount-users',
      `select distinct used_by from blob_store.mount_uses
       where used_by > $1 and used_at < $2 order by used_by limit $3`,
      [after, notedBefore, limit],
    );
    return rows.map((row) => row.used_by);
  }

  async forgetUsers(
    users: readonly User[],
    { notedBefore, at }: Readonly<{ notedBefore: number; at: number }>,
  ): Promise<void> {
    await this.query(
      'forget-mount-users',
      `with over as (
         delete from blob_store.mount_uses where used_by = any($1) and used_at < $2 returning mount_id
       ), held as (
         select mount_id from blob_store.mounts
         where mount_id in (select mount_id from over) order by mount_id for no key update
       )
       update blob_store.mounts m set touched_at = greatest(m.touched_at, $3)
       from held where m.mount_id = held.mount_id`,
      [users, notedBefore, at],
    );
  }

  async unused(before: number, limit: number): Promise<readonly (Readonly<{ mountId: MountId }> & Use)[]> {
    const rows = await this.query<{ mount_id: MountId; touched_at: string }>(
      'unused-mounts',
      `select mount_id, touched_at from blob_store.mounts m where ${UNUSED} order by touched_at limit $1`,
      [limit, before],
    );
    return rows.map(({ mount_id, touched_at }) => ({
      mountId: mount_id,
      kept: false,
      references: 0,
      touchedAt: Number(touched_at),
    }));
  }

  async forget(mountId: MountId, untouchedSince: number): Promise<boolean> {
    const rows = await this.query(
      'forget-mount',
      `delete from blob_store.mounts m where mount_id = $1 and ${UNUSED} returning mount_id`,
      [mountId, untouchedSince],
    );
    return rows.length > 0;
  }

  private async query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await whileDatabaseIsAway(() => this.pool.query<Row>({ name, text, values }));
    return rows;
  }
}
