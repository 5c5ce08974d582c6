import type { LendingPool } from '@slipway/event-store';
import { nextWaiting, writeDone, writeFailed } from '../../exports/export-rows.js';
import { writeExport, type ExportPlace } from '../../exports/write-export.js';

const MOST_TRIES = 5;

/**
 * Writes the export that waits longest; whether there was one. What ends halfway waits still and is written anew: an export is
 * there once its manifest is.
 */
export const writeNextExport = async (
  pool: LendingPool,
  place: ExportPlace,
  clock: () => number,
): Promise<boolean> => {
  const next = await nextWaiting(pool);
  if (next === undefined) return false;
  const { asked, tries } = next;
  try {
    const manifest = await writeExport(pool, place, asked);
    if (manifest === undefined) return false;
    await writeDone(pool, asked.exportId, manifest, clock());
  } catch (error) {
    const last = tries + 1 >= MOST_TRIES;
    await writeFailed(pool, asked.exportId, { error: String(error), last, at: clock() });
    throw error;
  }
  return true;
};
