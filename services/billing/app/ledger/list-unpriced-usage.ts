import type { UnpricedUsage } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

/** What was used and has no price, the newest first. */
export const listUnpricedUsage = async (
  connection: SqlPool,
  limit: number,
): Promise<readonly UnpricedUsage[]> => {
  const { rows } = await connection.query<{ sku: string; source: string; workspace_id: string; at: string }>({
    name: 'list-unpriced',
    text: 'select sku, source, workspace_id, at from billing.unpriced_usage order by position desc limit $1',
    values: [limit],
  });
  return rows.map(({ sku, source, workspace_id, at }) => ({
    sku,
    source,
    workspaceId: workspace_id,
    atMs: Number(at),
  }));
};
