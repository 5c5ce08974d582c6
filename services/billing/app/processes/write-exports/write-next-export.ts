import { nextTryAt } from '@slipway/billing-core';
import type { LendingPool } from '@slipway/event-store';
import { nextWaiting, writeDone, writeFailed } from '../../exports/export-rows.js';
import { writeExport, type ExportPlace } from '../../exports/write-export.js';

/**
 * Writes an export of the workspace whose turn it is; whether there was one. What ends halfway waits still and is written anew: an export is
 * there once its manifest is. Throws where it cannot be written now, with when it is tried again.
 */
export const writeNextExport = async (
  pool: LendingPool,
  place: ExportPlace,
  clock: () => number,
): Promise<boolean> => {
  const next = await nextWaiting(pool, clock());
  if (next === undefined) return false;
  const { asked, tries } = next;
  try {
    const manifest = await writeExport(pool, place, asked);
    if (manifest === undefined) return false;
    await writeDone(pool, asked.exportId, manifest, clock());
  } catch (error) {
    const at = clock();
    const againAt = nextTryAt(tries + 1, at);
    await writeFailed(pool, asked.exportId, { error: String(error), againAt, at });
    const next =
      againAt === undefined ? 'is given up' : `is tried again at ${new Date(againAt).toISOString()}`;
    throw new Error(`${asked.exportId} ${next}, try ${tries + 1}: ${String(error)}`, { cause: error });
  }
  return true;
};
