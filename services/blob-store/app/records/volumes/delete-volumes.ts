import type { DeletionOrder } from '@slipway/blob-store-core';
import type { VolumeId } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { touchObjects } from '../touch-objects.js';

type Which = Readonly<{ name: string; where: string; values: readonly unknown[] }>;

/**
 * Deletes the volumes that a condition on blob_store.volumes names, with their trees; says how many. Containers read on in the trees
 * that they know: the day after which their blocks may be collected begins at `at`.
 */
export const deleteVolumes = (pool: LendingPool, which: Which, at: number): Promise<number> =>
  inTransaction(pool, (connection) => deleteIn(connection, which, at));

/** Deletes one volume, and notes by which deletion: that one says the same when it comes again. */
export const deleteVolume = (
  pool: LendingPool,
  { workspaceId, volumeId, deletionId, at }: DeletionOrder,
): Promise<boolean> =>
  inTransaction(pool, async (connection) => {
    const where = 'volume_id = $1 and workspace_id = $2';
    const which = { name: 'volume', where, values: [volumeId, workspaceId] };
    if ((await deleteIn(connection, which, at)) === 0) {
      const { rows } = await connection.query({
        name: 'find-deletion',
        text: `select 1 from blob_store.volume_deletions where ${where} and deletion_id = $3`,
        values: [volumeId, workspaceId, deletionId ?? ''],
      });
      return rows.length > 0;
    }
    if (deletionId === undefined) return true;
    await connection.query({
      name: 'note-deletion',
      text: `insert into blob_store.volume_deletions (volume_id, workspace_id, deletion_id, deleted_at)
        values ($1, $2, $3, $4) on conflict (volume_id) do update
        set workspace_id = excluded.workspace_id, deletion_id = excluded.deletion_id, deleted_at = excluded.deleted_at`,
      values: [volumeId, workspaceId, deletionId, at],
    });
    return true;
  });

const deleteIn = async (connection: SqlPool, which: Which, at: number): Promise<number> => {
  const { rows } = await connection.query<{ volume_id: VolumeId }>({
    name: `lock-${which.name}-to-delete`,
    text: `select volume_id from blob_store.volumes where ${which.where} order by volume_id for update`,
    values: which.values,
  });
  if (rows.length === 0) return 0;
  const volumeIds = rows.map((row) => row.volume_id);
  await connection.query({
    name: 'touch-blocks-of-volumes',
    text: touchObjects('select digest from blob_store.volume_blocks where volume_id = any($1)', '$2::bigint'),
    values: [volumeIds, at],
  });
  await connection.query({
    name: 'delete-volumes',
    text: 'delete from blob_store.volumes where volume_id = any($1)',
    values: [volumeIds],
  });
  return rows.length;
};
