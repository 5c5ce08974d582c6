import type { VolumeId } from '@slipway/contracts';
import { inTransaction, type LendingPool } from '@slipway/event-store';
import { touchObjects } from '../touch-objects.js';

/**
 * Deletes the volumes that a condition on blob_store.volumes names, with their trees; says how many. Containers read on in the trees
 * that they know: the day after which their blocks may be collected begins at `at`.
 */
export const deleteVolumes = (
  pool: LendingPool,
  which: Readonly<{ name: string; where: string; values: readonly unknown[] }>,
  at: number,
): Promise<number> =>
  inTransaction(pool, async (connection) => {
    const { rows } = await connection.query<{ volume_id: VolumeId }>({
      name: `lock-${which.name}-to-delete`,
      text: `select volume_id from blob_store.volumes where ${which.where} order by volume_id for update`,
      values: which.values,
    });
    if (rows.length === 0) return 0;
    const volumeIds = rows.map((row) => row.volume_id);
    await connection.query({
      name: 'touch-blocks-of-volumes',
      text: touchObjects(
        'select digest from blob_store.volume_blocks where volume_id = any($1)',
        '$2::bigint',
      ),
      values: [volumeIds, at],
    });
    await connection.query({
      name: 'delete-volumes',
      text: 'delete from blob_store.volumes where volume_id = any($1)',
      values: [volumeIds],
    });
    return rows.length;
  });
