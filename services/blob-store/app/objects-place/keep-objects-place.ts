import type { LendingPool } from '@slipway/event-store';
import type { BlobStoreConfig } from '../config.js';
import { checkObjectsPlace, objectsPlaceOf } from './objects-place.js';

/** Checks that the objects lie where they did at the last start, and writes down where that is. */
export const keepObjectsPlace = async (pool: LendingPool, config: BlobStoreConfig): Promise<void> => {
  const configured = objectsPlaceOf(config);
  const { rows } = await pool.query<{ place: string }>({
    text: 'select place from blob_store.objects_place',
  });
  checkObjectsPlace({ known: rows[0]?.place, configured, movedTo: config.objectsMovedTo });
  await pool.query({
    text: `insert into blob_store.objects_place (place) values ($1)
      on conflict (is_only) do update set place = excluded.place`,
    values: [configured],
  });
};
