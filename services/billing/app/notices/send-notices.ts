import type { SqlPool } from '@slipway/event-store';
import { deliverNotice, type Notice } from './deliver-notice.js';

const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 5_000;

type Row = Readonly<{
  notice_id: string;
  type: string;
  data: unknown;
  at: string;
  webhook: Notice['webhook'];
  tries: number;
}>;

/** Sends the notices that are due. One that is not accepted is sent again, each time twice as late, for about six hours. */
export const sendNotices = async (
  pool: SqlPool,
  addressOf: (host: string) => Promise<string>,
  now: () => number,
): Promise<void> => {
  const { rows } = await pool.query<Row>({
    name: 'due-notices',
    text: `select notice_id, type, data, at, webhook, tries from billing.notices
      where try_after is not null and try_after <= $1 order by try_after limit 20`,
    values: [now()],
  });
  await Promise.all(
    rows.map(async (row) => {
      const at = now();
      const failure = await deliverNotice(
        { ...row, noticeId: row.notice_id, at: Number(row.at) },
        addressOf,
        at,
      ).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const tries = row.tries + 1;
      const again = failure === undefined || tries >= MOST_TRIES ? null : at + FIRST_PAUSE_MS * 2 ** tries;
      await pool.query({
        name: 'tried-notice',
        text: `update billing.notices set tries = $2, try_after = $3, delivered_at = $4, last_error = $5 where notice_id = $1`,
        values: [row.notice_id, tries, again, failure === undefined ? at : null, failure ?? null],
      });
    }),
  );
};
