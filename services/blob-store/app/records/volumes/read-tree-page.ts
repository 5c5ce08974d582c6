import type { TreePage, VolumeKey } from '@slipway/blob-store-core';
import type { SqlPool } from '@slipway/event-store';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './volume-rows.js';

/** What fits into a message of the bus with room to spare. */
const PAGE_BYTES = 3 * 1024 * 1024;
const MOST_ENTRIES = 5_000;
/** A path may need six bytes for a letter, a digest with its quotes and comma 67. */
const ENTRY_BYTES = `(200 + 6 * length(e.path) + 67 * (e.size_bytes / (8 * 1024 * 1024) + 1))`;

type PageRow = { version: string; full: boolean; removed: boolean | null; fits: boolean | null } & EntryRow;

/** One page in one statement, so it is of one version. */
export const readTreePage = async (
  connection: SqlPool,
  order: VolumeKey & Readonly<{ since?: number; after?: string; limit: number }>,
): Promise<TreePage | undefined> => {
  const { workspaceId, volumeId, since, after, limit } = order;
  const most = Math.max(1, Math.min(limit, MOST_ENTRIES));
  const { rows } = await connection.query<PageRow>({
    name: 'volume-page',
    text: `with volume as (
        select volume_id, version,
          ($3::bigint is null or $3::bigint < history_from or $3::bigint > version) as full
        from blob_store.volumes where volume_id = $1 and workspace_id = $2
      )
      select v.version, v.full, p.*
      from volume v left join lateral (
        select ${ENTRY_COLUMNS}, removed,
          row_number() over paths = 1 or sum(${ENTRY_BYTES}) over paths <= ${PAGE_BYTES} as fits
        from (
          select * from blob_store.volume_entries
          where volume_id = v.volume_id and ($4::text is null or path > $4::text)
            and case when v.full then not removed else changed_in > $3::bigint end
          order by path limit $5
        ) e
        window paths as (order by e.path)
      ) p on true
      order by p.path`,
    values: [volumeId, workspaceId, since ?? null, after ?? null, most],
  });
  const [first] = rows;
  if (!first) return undefined;
  const found = rows.filter((row) => row.fits === true);
  const last = found.at(-1);
  const isWhole = rows.length < most && found.length === rows.filter((row) => row.fits !== null).length;
  return {
    version: Number(first.version),
    full: first.full,
    entries: found.filter(({ removed }) => removed === false).map(entryOf),
    removed: found.filter(({ removed }) => removed === true).map(({ path }) => path),
    ...(isWhole || !last ? {} : { next: last.path }),
  };
};
