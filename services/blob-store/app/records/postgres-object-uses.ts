import type { User, Uses } from '@slipway/blob-store-core';
import type { SqlPool } from '@slipway/event-store';
import { whileDatabaseIsAway } from './while-database-is-away.js';

/** Uses of objects, which are noted where they are put (postgres-records.ts). */
export class PostgresObjectUses implements Uses {
  constructor(private readonly pool: SqlPool) {}

  async users({ notedBefore, after, limit }: Parameters<Uses['users']>[0]): Promise<readonly User[]> {
    const rows = await this.query<{ used_by: User }>(
      'object-users',
      `select distinct used_by from blob_store.object_uses
       where used_by > $1 and used_at < $2 order by used_by limit $3`,
      [after, notedBefore, limit],
    );
    return rows.map((row) => row.used_by);
  }

  async forgetUsers(
    users: readonly User[],
    { notedBefore, at }: Parameters<Uses['forgetUsers']>[1],
  ): Promise<void> {
    await this.query(
      'forget-object-users',
      `with over as (
         delete from blob_store.object_uses where used_by = any($1) and used_at < $2 returning digest
       ), held as (
         select digest from blob_store.objects
         where digest in (select digest from over) order by digest for no key update
       )
       update blob_store.objects o set touched_at = greatest(o.touched_at, $3)
       from held where o.digest = held.digest`,
      [users, notedBefore, at],
    );
  }

  private async query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await whileDatabaseIsAway(() => this.pool.query<Row>({ name, text, values }));
    return rows;
  }
}
