import type { TreeReader } from '@slipway/blob-store-core';
import type { VolumeId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './volume-rows.js';

/** The tree of one volume, as the connection sees it. */
export const treeInPostgres = (connection: SqlPool, volumeId: VolumeId): TreeReader => ({
  entries: async (paths) => {
    const { rows } = await connection.query<EntryRow>({
      name: 'volume-entries',
      text: `select ${ENTRY_COLUMNS} from blob_store.volume_entries
        where volume_id = $1 and path = any($2) and not removed`,
      values: [volumeId, paths],
    });
    return rows.map(entryOf);
  },
  below: async (folder) => {
    // '0' is the letter after '/': all that begins with the folder's name and a slash.
    const { rows } = await connection.query<EntryRow>({
      name: 'volume-entries-below',
      text: `select ${ENTRY_COLUMNS} from blob_store.volume_entries
        where volume_id = $1 and ($2 = '' or path > $2 || '/' and path < $2 || '0') and not removed
        order by path`,
      values: [volumeId, folder],
    });
    return rows.map(entryOf);
  },
});
