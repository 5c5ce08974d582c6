import type { BlockOwners } from '@slipway/blob-store-core';
import type { Digest, WorkspaceId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { whileDatabaseIsAway } from '../while-database-is-away.js';

export class PostgresBlockOwners implements BlockOwners {
  constructor(private readonly pool: SqlPool) {}

  async owned(workspaceId: WorkspaceId, digests: readonly Digest[]): Promise<readonly Digest[]> {
    const { rows } = await whileDatabaseIsAway(() =>
      this.pool.query<{ digest: Digest }>({
        name: 'owned-blocks',
        text: `select digest from blob_store.workspace_blocks join blob_store.objects o using (digest)
          where workspace_id = $1 and digest = any($2) and not o.corrupted`,
        values: [workspaceId, digests],
      }),
    );
    return rows.map(({ digest }) => digest);
  }

  async add(workspaceId: WorkspaceId, digests: readonly Digest[]): Promise<void> {
    await whileDatabaseIsAway(() =>
      this.pool.query({
        name: 'own-blocks',
        text: `insert into blob_store.workspace_blocks (workspace_id, digest)
          select $1, digest from blob_store.objects where digest = any($2) on conflict do nothing`,
        values: [workspaceId, digests],
      }),
    );
  }
}
