import { randomUUID } from 'node:crypto';
import { exportPeriod } from '@slipway/billing-core';
import type { AnswerOf, AskOf, ExportView } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { accepted, refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { lockRequests, readExport, readWaiting, writeRequest, type KeptExport } from './export-rows.js';
import type { ExportShelf } from './shelf/export-shelf.js';

export const exportView = ({ workspaceId: _, ...view }: KeptExport): ExportView => view;

/** Exports are written one by one for all: so many of one workspace may wait. */
const MOST_WAITING = 20;

/**
 * Takes down that an export is wanted; it is written soon after. One that waits and says the same is the same one. Refuses a
 * period that makes no sense, and more than may wait.
 */
export const requestExport = async (
  pool: LendingPool,
  ask: AskOf<'billing.request-export'>,
  at: number,
): Promise<ExportView> => {
  const { from, to } = accepted(exportPeriod(ask.fromMs, ask.toMs, at));
  const asked: KeptExport = {
    ...ask,
    fromMs: from,
    toMs: to,
    exportId: `ex-${randomUUID()}`,
    requestedAtMs: at,
    state: 'waiting',
  };
  return inTransaction(pool, async (connection) => {
    await lockRequests(connection);
    const waiting = await readWaiting(connection, asked.workspaceId);
    const same = waiting.find((known) => saysTheSame(known, asked));
    if (same !== undefined) return exportView(same);
    if (waiting.length >= MOST_WAITING)
      deny(
        refuse(
          'exhausted',
          'exports-waiting',
          `${waiting.length} exports wait to be written, and at most ${MOST_WAITING} may: ask again once some are.`,
        ),
      );
    await writeRequest(connection, asked);
    return exportView(asked);
  });
};

const saysTheSame = (a: KeptExport, b: KeptExport): boolean =>
  a.fromMs === b.fromMs && a.toMs === b.toMs && a.granularity === b.granularity && a.format === b.format;

export const findExport = async (
  connection: SqlPool,
  { workspaceId, exportId }: AskOf<'billing.get-export'>,
): Promise<KeptExport> =>
  (await readExport(connection, { workspaceId, exportId })) ??
  deny(refuse('not-found', 'export-not-found', `There is no export '${exportId}'.`));

/** What goes over the bus at once. */
const PIECE_BYTES = 512 * 1024;
export const MANIFEST = 'manifest.json';

/** Some bytes of a file of an export that is written. */
export const readExportFile = async (
  connection: SqlPool,
  shelf: ExportShelf,
  ask: AskOf<'billing.read-export-file'>,
): Promise<AnswerOf<'billing.read-export-file'>> => {
  const { exportId, name, offset } = ask;
  const { manifest, state } = await findExport(connection, ask);
  if (state === 'removed')
    return deny(
      refuse(
        'not-found',
        'export-removed',
        `The files of '${exportId}' were kept for as long as exports are: ask for the period anew, it is in the books.`,
      ),
    );
  if (manifest === undefined)
    return deny(
      refuse('conflict', 'export-not-written', `The export '${exportId}' is ${state}, not written.`),
    );
  const names = [MANIFEST, ...manifest.files.map((file) => file.name)];
  if (!names.includes(name))
    deny(
      refuse(
        'not-found',
        'export-file-not-found',
        `The export '${exportId}' has no file '${name}', but ${names.join(', ')}.`,
      ),
    );
  const piece = await shelf.read(exportId, name, { offset, bytes: PIECE_BYTES });
  if (piece === undefined)
    return deny(
      refuse('not-found', 'export-file-gone', `'${name}' of '${exportId}' is gone: ask for the export anew.`),
    );
  return { sizeBytes: piece.sizeBytes, base64: Buffer.from(piece.bytes).toString('base64') };
};
