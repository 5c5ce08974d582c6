import type { SqlPool } from '@slipway/event-store';

/** How long use of a day that is over is waited for. */
const SETTLES_IN_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
/** Days and months that nobody asked for while billing was away, or months were not closed, are made up for: so many, the newest. */
const MOST_MADE_UP = 7;
const MILLISECONDS = (date: string): string => `(extract(epoch from ${date}) * 1000)::bigint`;

/**
 * Asks for what schedules want: the days that are over and the months of which every invoice is issued, from the one before the
 * schedule was set, and the last of these months in any case. Asking twice is asking once, for the id says whose, which period and in which form it is.
 */
export const requestDueExports = async (connection: SqlPool, at: number): Promise<void> => {
  const today = Math.floor((at - SETTLES_IN_MS) / DAY_MS) * DAY_MS;
  await connection.query({
    name: 'request-due-exports',
    text: `insert into billing.exports (export_id, workspace_id, from_ms, to_ms, granularity, format, requested_by, requested_at)
      select concat_ws('-', 'ex', every, coalesce(workspace_id, 'all'),
          to_char(to_timestamp(from_ms / 1000) at time zone 'UTC', 'YYYYMMDD'), granularity, format),
        workspace_id, from_ms, to_ms, granularity, format, set_by, $2
      from (
        select schedule.*, day as from_ms, day + ${DAY_MS} as to_ms
        from billing.export_schedules schedule, lateral generate_series(
          greatest($1::bigint - ${MOST_MADE_UP * DAY_MS}, set_at / ${DAY_MS} * ${DAY_MS} - ${DAY_MS}), $1::bigint - ${DAY_MS}, ${DAY_MS}) as day
        where every = 'day'
        union all
        select schedule.*, ${MILLISECONDS('month')}, ${MILLISECONDS("month + interval '1 month'")}
        from billing.export_schedules schedule, lateral (
          select to_date(min(open_month), 'YYYY-MM') - interval '1 month' as closed
          from billing.accounts
          where schedule.workspace_id is null or accounts.workspace_id = schedule.workspace_id
        ) last, lateral generate_series(
          least(closed, greatest(closed - interval '${MOST_MADE_UP - 1} months',
            date_trunc('month', to_timestamp(set_at / 1000) at time zone 'UTC') - interval '1 month')),
          closed, interval '1 month') as month
        where every = 'month'
      ) due on conflict do nothing`,
    values: [today, at],
  });
};
