import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

type Row = Readonly<{
  notice_id: string;
  type: string;
  at: string;
  data: unknown;
  delivered_at: string | null;
  last_error: string | null;
}>;

/** What a workspace was told, the newest first. */
export const listNotices = async (
  connection: SqlPool,
  { workspaceId, limit }: AskOf<'billing.list-notices'>,
): Promise<AnswerOf<'billing.list-notices'>['notices']> => {
  const { rows } = await connection.query<Row>({
    name: 'list-notices',
    text: `select notice_id, type, at, data, delivered_at, last_error from billing.notices
      where workspace_id = $1 order by at desc, notice_id limit $2`,
    values: [workspaceId, limit],
  });
  return rows.map((row) => ({
    noticeId: row.notice_id,
    type: row.type,
    atMs: Number(row.at),
    data: row.data,
    ...(row.delivered_at === null ? {} : { deliveredAtMs: Number(row.delivered_at) }),
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
  }));
};
