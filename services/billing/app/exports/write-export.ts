import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FOCUS_COLUMNS, FOCUS_VERSION } from '@slipway/billing-core';
import type { ExportManifest } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import type { KeptExport } from './export-rows.js';
import { writeFocusFiles, type FocusFiles } from './files/write-focus-files.js';
import { MANIFEST } from './request-export.js';
import { focusRows } from './rows/focus-rows.js';
import type { ExportShelf } from './shelf/export-shelf.js';

export type ExportPlace = Readonly<{
  shelf: ExportShelf;
  /** Where files grow until they are whole. */
  scratch: string;
  /** Whose invoices they are: the name of who runs the site. */
  issuer: string;
}>;

/**
 * Writes an export from one moment of the books, and puts it on the shelf with its manifest, which comes last. Undefined where
 * another process is at it.
 */
export const writeExport = (
  pool: LendingPool,
  { shelf, scratch, issuer }: ExportPlace,
  asked: KeptExport,
): Promise<ExportManifest | undefined> =>
  inTransaction(pool, async (connection) => {
    await connection.query({ text: 'set transaction isolation level repeatable read, read only' });
    if (!(await isFree(connection, asked.exportId))) return undefined;
    const folder = join(scratch, asked.exportId);
    await rm(folder, { recursive: true, force: true });
    const { workspaceId, granularity, fromMs, toMs } = asked;
    const rows = focusRows(connection, {
      ...(workspaceId === null ? {} : { workspaceId }),
      granularity,
      period: { from: fromMs, to: toMs },
      issuer,
    });
    const manifest = manifestOf(asked, await writeFocusFiles(rows, { folder, format: asked.format }));
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await shelf.put(asked.exportId, folder, [...manifest.files.map(({ name }) => name), MANIFEST]);
    return manifest;
  });

const isFree = async (connection: SqlPool, exportId: string): Promise<boolean> => {
  const { rows } = await connection.query<{ free: boolean }>({
    text: `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`,
    values: [exportId],
  });
  return rows[0]?.free === true;
};

const manifestOf = (
  { exportId, workspaceId, fromMs, toMs, granularity, format }: KeptExport,
  written: FocusFiles,
): ExportManifest => ({
  specification: 'FOCUS',
  specificationVersion: FOCUS_VERSION,
  exportId,
  workspaceId,
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  granularity,
  format,
  ...written,
  columns: FOCUS_COLUMNS.map(({ name, kind, nulls }) => ({ name, type: kind, nullable: nulls })),
});
