import type { ExportManifest, ExportView } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

type Row = Readonly<{
  export_id: string;
  workspace_id: string | null;
  from_ms: string;
  to_ms: string;
  granularity: ExportView['granularity'];
  format: ExportView['format'];
  requested_by: string;
  requested_at: string;
  state: ExportView['state'];
  manifest: ExportManifest | null;
  error: string | null;
  try_after: string | null;
  ended_at: string | null;
}>;

export type KeptExport = ExportView & Readonly<{ workspaceId: string | null }>;

const exportOf = (row: Row): KeptExport => ({
  exportId: row.export_id,
  workspaceId: row.workspace_id,
  fromMs: Number(row.from_ms),
  toMs: Number(row.to_ms),
  granularity: row.granularity,
  format: row.format,
  requestedBy: row.requested_by,
  requestedAtMs: Number(row.requested_at),
  state: row.state,
  ...(row.manifest === null ? {} : { manifest: row.manifest }),
  ...(row.error === null ? {} : { error: row.error }),
  ...(row.try_after === null ? {} : { triesAgainAtMs: Number(row.try_after) }),
  ...(row.ended_at === null ? {} : { endedAtMs: Number(row.ended_at) }),
});

/** Writes what was asked for; one whose id is there already is the same one. */
export const writeRequest = (connection: SqlPool, asked: KeptExport): Promise<unknown> =>
  connection.query({
    text: `insert into billing.exports (export_id, workspace_id, from_ms, to_ms, granularity, format, requested_by, requested_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [
      asked.exportId,
      asked.workspaceId,
      asked.fromMs,
      asked.toMs,
      asked.granularity,
      asked.format,
      asked.requestedBy,
      asked.requestedAtMs,
    ],
  });

export const readExports = async (
  connection: SqlPool,
  { workspaceId, limit }: Readonly<{ workspaceId: string | null; limit: number }>,
): Promise<readonly KeptExport[]> => {
  const { rows } = await connection.query<Row>({
    text: `select * from billing.exports where workspace_id is not distinct from $1
      order by requested_at desc, export_id limit $2`,
    values: [workspaceId, limit],
  });
  return rows.map(exportOf);
};

export const readExport = async (
  connection: SqlPool,
  { workspaceId, exportId }: Readonly<{ workspaceId: string | null; exportId: string }>,
): Promise<KeptExport | undefined> => {
  const { rows } = await connection.query<Row>({
    text: 'select * from billing.exports where export_id = $1 and workspace_id is not distinct from $2',
    values: [exportId, workspaceId],
  });
  return rows[0] && exportOf(rows[0]);
};

/** Nobody else asks until the transaction ends. */
export const lockRequests = (connection: SqlPool): Promise<unknown> =>
  connection.query({ text: 'lock table billing.exports in share row exclusive mode' });

export const readWaiting = async (
  connection: SqlPool,
  workspaceId: string | null,
): Promise<readonly KeptExport[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-waiting-exports',
    text: `select * from billing.exports where state = 'waiting' and workspace_id is not distinct from $1
      order by requested_at, export_id`,
    values: [workspaceId],
  });
  return rows.map(exportOf);
};

/** Of those that are due one of the workspace for which none was written for the longest time, and how often it was tried. */
export const nextWaiting = async (
  connection: SqlPool,
  at: number,
): Promise<Readonly<{ asked: KeptExport; tries: number }> | undefined> => {
  const { rows } = await connection.query<Row & Readonly<{ tries: number }>>({
    text: `select * from billing.exports asked where state = 'waiting' and (try_after is null or try_after <= $1)
      order by case
          when workspace_id is null then (select max(ended_at) from billing.exports where workspace_id is null)
          else (select max(ended_at) from billing.exports ended where ended.workspace_id = asked.workspace_id)
        end nulls first, tries, requested_at, export_id limit 1`,
    values: [at],
  });
  return rows[0] && { asked: exportOf(rows[0]), tries: rows[0].tries };
};

export const writeDone = (
  connection: SqlPool,
  exportId: string,
  manifest: ExportManifest,
  at: number,
): Promise<unknown> =>
  connection.query({
    text: `update billing.exports set state = 'written', manifest = $2, error = null, try_after = null, ended_at = $3 where export_id = $1`,
    values: [exportId, JSON.stringify(manifest), at],
  });

/** The one that was written first, where that was before a moment. */
export const oldestWritten = async (connection: SqlPool, before: number): Promise<KeptExport | undefined> => {
  const { rows } = await connection.query<Row>({
    name: 'oldest-written-export',
    text: `select * from billing.exports where state = 'written' and ended_at < $1 order by ended_at limit 1`,
    values: [before],
  });
  return rows[0] && exportOf(rows[0]);
};

/** Its files are gone. It is not written anew: a schedule that wanted it has had it. */
export const writeRemoved = (connection: SqlPool, exportId: string): Promise<unknown> =>
  connection.query({
    text: `update billing.exports set state = 'removed' where export_id = $1`,
    values: [exportId],
  });

/** It is tried again at a moment, or never: then it has failed. */
export const writeFailed = (
  connection: SqlPool,
  exportId: string,
  { error, againAt, at }: Readonly<{ error: string; againAt: number | undefined; at: number }>,
): Promise<unknown> =>
  connection.query({
    text: `update billing.exports set tries = tries + 1, error = $2, state = $3, ended_at = $4, try_after = $5 where export_id = $1`,
    values:
      againAt === undefined
        ? [exportId, error, 'failed', at, null]
        : [exportId, error, 'waiting', null, againAt],
  });
