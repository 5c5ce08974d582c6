import type { CommitEnd, CommitOrder, TreeChange, TreeReader } from '@slipway/blob-store-core';
import type { Digest, VolumeChange } from '@slipway/contracts';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import { treeInPostgres } from './tree-in-postgres.js';
import { missingBlocks, writeTreeChange } from './write-tree-change.js';

type Decide = (tree: TreeReader, staged: readonly VolumeChange[]) => Promise<TreeChange>;

/** One transaction that holds the volume's row from its first statement: commits of a volume follow each other. */
export const commitInPostgres = async (
  pool: LendingPool,
  order: CommitOrder,
  decide: Decide,
): Promise<CommitEnd> => {
  try {
    return await inTransaction(pool, (connection) => commit(connection, order, decide));
  } catch (error) {
    if (error instanceof NothingWritten) return error.end;
    throw error;
  }
};

/** Rolls the transaction back. */
class NothingWritten extends Error {
  constructor(readonly end: CommitEnd) {
    super(end.status);
  }
}

const commit = async (connection: SqlPool, order: CommitOrder, decide: Decide): Promise<CommitEnd> => {
  const { workspaceId, volumeId, commitId, at } = order;
  const { rows: volumes } = await connection.query<{ version: string }>({
    name: 'lock-volume',
    // Parts of other commits may be staged meanwhile.
    text: 'select version from blob_store.volumes where volume_id = $1 and workspace_id = $2 for no key update',
    values: [volumeId, workspaceId],
  });
  const [volume] = volumes;
  if (!volume) throw new NothingWritten({ status: 'no-such-volume' });
  const { rows: earlier } = await connection.query<{ version: string }>({
    name: 'find-commit',
    text: 'select version from blob_store.volume_commits where volume_id = $1 and commit_id = $2',
    values: [volumeId, commitId],
  });
  if (earlier[0]) return { status: 'committed', version: Number(earlier[0].version) };

  const changes = await decide(treeInPostgres(connection, volumeId), await stagedChanges(connection, order));
  const version = Number(volume.version) + (changes.size > 0 ? 1 : 0);
  if (changes.size > 0) {
    const missing: readonly Digest[] = await missingBlocks(connection, changes);
    if (missing.length > 0) throw new NothingWritten({ status: 'blocks-missing', digests: missing });
    await writeTreeChange(connection, { volumeId, workspaceId, version, at }, changes);
    await connection.query({
      name: 'raise-volume-version',
      text: 'update blob_store.volumes set version = $2 where volume_id = $1',
      values: [volumeId, version],
    });
  }
  await connection.query({
    name: 'end-commit',
    text: `with staged as (delete from blob_store.volume_staged_parts where volume_id = $1 and commit_id = $2)
      insert into blob_store.volume_commits (volume_id, commit_id, version, committed_at) values ($1, $2, $3, $4)`,
    values: [volumeId, commitId, version, at],
  });
  return { status: 'committed', version };
};

const stagedChanges = async (
  connection: SqlPool,
  { volumeId, commitId, parts }: CommitOrder,
): Promise<readonly VolumeChange[]> => {
  const { rows } = await connection.query<{ changes: readonly VolumeChange[] }>({
    name: 'staged-parts',
    text: `select changes from blob_store.volume_staged_parts
      where volume_id = $1 and commit_id = $2 and part < $3 order by part`,
    values: [volumeId, commitId, parts],
  });
  if (rows.length < parts) throw new NothingWritten({ status: 'parts-missing', found: rows.length });
  return rows.flatMap(({ changes }) => changes);
};
