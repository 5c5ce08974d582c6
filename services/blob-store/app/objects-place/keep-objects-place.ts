import type { ObjectStore } from '@slipway/blob-store-core';
import type { Digest } from '@slipway/contracts';
import type { LendingPool } from '@slipway/event-store';
import type { BlobStoreConfig } from '../config.js';
import { checkFirstPlace, checkObjectsPlace, objectsPlaceOf } from './objects-place.js';

/**
 * So many of the oldest and of the newest are looked for where no place was written down yet: one may be damaged, and the newest may be
 * younger than a copy that was put back; all of them are neither.
 */
const LOOKED_FOR = 5;

/** Checks that the objects lie where they did at the last start, and writes down where that is. */
export const keepObjectsPlace = async (
  pool: LendingPool,
  objects: Pick<ObjectStore, 'sizeOf'>,
  config: BlobStoreConfig,
): Promise<void> => {
  const configured = objectsPlaceOf(config);
  const { rows } = await pool.query<{ place: string }>({
    text: 'select place from blob_store.objects_place',
  });
  const known = rows[0]?.place;
  checkObjectsPlace({ known, configured, movedTo: config.objectsMovedTo });
  if (known === undefined && config.objectsMovedTo !== configured)
    checkFirstPlace(configured, await lookForSome(pool, objects));
  await pool.query({
    text: `insert into blob_store.objects_place (place) values ($1)
      on conflict (is_only) do update set place = excluded.place`,
    values: [configured],
  });
};

const lookForSome = async (
  pool: LendingPool,
  objects: Pick<ObjectStore, 'sizeOf'>,
): Promise<Readonly<{ wanted: number; found: number }>> => {
  const { rows } = await pool.query<{ digest: Digest }>({
    text: `(select digest from blob_store.objects where not corrupted order by touched_at limit ${LOOKED_FOR})
      union (select digest from blob_store.objects where not corrupted order by touched_at desc limit ${LOOKED_FOR})`,
  });
  const sizes = await Promise.all(rows.map(({ digest }) => objects.sizeOf(digest)));
  return { wanted: rows.length, found: sizes.filter((size) => size !== undefined).length };
};
