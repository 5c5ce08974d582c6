import type { SqlPool } from '@slipway/event-store';
import { oldestWritten, writeRemoved } from '../../exports/export-rows.js';
import { MANIFEST } from '../../exports/request-export.js';
import type { ExportShelf } from '../../exports/shelf/export-shelf.js';

const DAY_MS = 86_400_000;

/**
 * Takes the oldest export off the shelf that was written more than so many days ago; whether there was one. It stays on the list,
 * with its manifest. What ends between the two is removed again, which changes nothing. 0 days: exports are kept.
 */
export const removeOldExport = async (
  pool: SqlPool,
  shelf: ExportShelf,
  days: number,
  at: number,
): Promise<boolean> => {
  if (days === 0) return false;
  const old = await oldestWritten(pool, at - days * DAY_MS);
  if (old === undefined) return false;
  await shelf.remove(old.exportId, [MANIFEST, ...(old.manifest?.files ?? []).map(({ name }) => name)]);
  await writeRemoved(pool, old.exportId);
  return true;
};
