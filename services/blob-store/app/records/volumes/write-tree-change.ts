import type { TreeChange } from '@slipway/blob-store-core';
import {
  ZERO_BLOCK,
  type Digest,
  type VolumeEntry,
  type VolumeId,
  type WorkspaceId,
} from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { touchObjects } from '../touch-objects.js';

/** Keeps a statement's text within some megabytes. */
const MOST_BLOCKS_PER_STATEMENT = 20_000;

type Change = Readonly<{
  volumeId: VolumeId;
  workspaceId: WorkspaceId;
  version: number;
  at: number;
}>;

const blocksOf = (entry: VolumeEntry): readonly Digest[] => (entry.kind === 'file' ? entry.blocks : []);

/** Those of the blocks that no whole object is there for; the others cannot be collected before the transaction ends. */
export const missingBlocks = async (connection: SqlPool, change: TreeChange): Promise<readonly Digest[]> => {
  const named = new Set([...change.values()].flatMap((entry) => (entry ? blocksOf(entry) : [])));
  named.delete(ZERO_BLOCK);
  const { rows } = await connection.query<{ digest: Digest }>({
    name: 'hold-blocks',
    text: `select digest from blob_store.objects
      where digest = any($1) and not corrupted order by digest for key share`,
    values: [[...named]],
  });
  for (const { digest } of rows) named.delete(digest);
  return [...named];
};

/** Writes entries, tombstones and what they refer to. */
export const writeTreeChange = async (
  connection: SqlPool,
  change: Change,
  entries: TreeChange,
): Promise<void> => {
  const { volumeId, workspaceId, version, at } = change;
  const removed = [...entries].flatMap(([path, entry]) => (entry ? [] : [path]));
  const stillNamed = [...entries.values()].flatMap((entry) => (entry ? blocksOf(entry) : []));
  // Who knows the older tree may read on in it: the day after which these may be collected begins now.
  await connection.query({
    name: 'touch-forgotten-blocks',
    text: touchObjects(
      `select digest from blob_store.volume_blocks where volume_id = $1 and path = any($2)
       except select unnest($3::text[])`,
      '$4::bigint',
    ),
    values: [volumeId, [...entries.keys()], stillNamed, at],
  });
  await connection.query({
    name: 'forget-volume-blocks',
    text: 'delete from blob_store.volume_blocks where volume_id = $1 and path = any($2)',
    values: [volumeId, [...entries.keys()]],
  });
  await connection.query({
    name: 'remove-volume-entries',
    text: `update blob_store.volume_entries
      set removed = true, blocks = '{}', size_bytes = 0, target = null, changed_in = $3, changed_at = $4
      where volume_id = $1 and path = any($2)`,
    values: [volumeId, removed, version, at],
  });
  for (const batch of batches([...entries.values()].filter((entry) => entry !== undefined))) {
    const json = JSON.stringify(batch);
    await connection.query({
      name: 'put-volume-entries',
      text: `insert into blob_store.volume_entries
          (volume_id, path, kind, size_bytes, mode, mtime_ms, target, blocks, removed, changed_in, changed_at)
        select $1, e.path, e.kind, coalesce(e."sizeBytes", 0), e.mode, e."mtimeMs", e.target,
          array(select json_array_elements_text(e.blocks)), false, $3, $4
        from json_to_recordset($2::json) as e(
          path text, kind text, "sizeBytes" bigint, mode integer, "mtimeMs" double precision, target text, blocks json)
        on conflict (volume_id, path) do update set
          kind = excluded.kind, size_bytes = excluded.size_bytes, mode = excluded.mode,
          mtime_ms = excluded.mtime_ms, target = excluded.target, blocks = excluded.blocks,
          removed = false, changed_in = excluded.changed_in, changed_at = excluded.changed_at`,
      values: [volumeId, json, version, at],
    });
    await connection.query({
      name: 'put-volume-blocks',
      text: `with blocks as (
          select distinct e.path, b.digest
          from json_to_recordset($2::json) as e(path text, blocks json), json_array_elements_text(e.blocks) as b(digest)
          where b.digest <> $4
        ), owned as (
          insert into blob_store.workspace_blocks (workspace_id, digest)
          select distinct $3, digest from blocks on conflict do nothing
        )
        insert into blob_store.volume_blocks (volume_id, path, digest) select $1, path, digest from blocks`,
      values: [volumeId, json, workspaceId, ZERO_BLOCK],
    });
  }
};

function* batches(entries: readonly VolumeEntry[]): Generator<VolumeEntry[]> {
  let batch: VolumeEntry[] = [];
  let blocks = 0;
  for (const entry of entries) {
    batch.push(entry);
    blocks += 1 + blocksOf(entry).length;
    if (blocks < MOST_BLOCKS_PER_STATEMENT) continue;
    yield batch;
    batch = [];
    blocks = 0;
  }
  if (batch.length > 0) yield batch;
}
