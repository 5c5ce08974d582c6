import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { pageOf, readCursor, type ActivityTable } from '@slipway/gateway-core';
import type { Activity, ActivityRow, ListQuery } from '../store/activity.js';
import type { PageQuery } from './list-query.js';
import { viewOf, type PageView } from './views.js';

type View = (row: ActivityRow) => Record<string, unknown>;

/** One page of a table, in the form in which the API shows it. */
export const listActivity = async (
  activity: Activity,
  query: Omit<ListQuery, 'after' | 'limit'>,
  { cursor, limit }: PageQuery,
  view: View = viewOf,
): Promise<PageView> => {
  const rows = await activity.list({
    ...query,
    ...(cursor === undefined ? {} : { after: accepted(readCursor(cursor)) }),
    limit,
  });
  const page = pageOf(rows, limit, (row) => ({ createdAt: Number(row.created_at), id: row.id }));
  return { items: page.items.map(view), nextCursor: page.nextCursor };
};

/** One row by its id. Throws RefusedError where the caller's workspace has none. */
export const getActivity = async (
  activity: Activity,
  query: Readonly<{ table: ActivityTable; workspaceId: string; id: string }>,
  view: View = viewOf,
): Promise<Record<string, unknown>> => {
  const { table, workspaceId, id } = query;
  const [row] = await activity.list({ table, workspaceId, where: { id }, limit: 1 });
  if (row === undefined)
    throw new RefusedError(
      refuse('not-found', 'id-not-found', `This workspace has no ${id} among its ${table}.`),
    );
  return view(row);
};
