import { accepted, refuse, RefusedError } from '@slipway/kernel';
import {
  pageOf,
  readableEnvironments,
  readCursor,
  type ActivityTable,
  type Caller,
} from '@slipway/gateway-core';
import type { Activity, ActivityRow, ChosenRows } from '../store/activity.js';
import type { PageQuery } from './list-query.js';
import { viewOf, type PageView } from './views.js';

type View = (row: ActivityRow) => Record<string, unknown>;

/** Which rows are meant: those that the caller may see, and of them some. */
export type ActivityQuery = Readonly<{ table: ActivityTable; caller: Caller }> &
  Pick<ChosenRows, 'where' | 'condition'>;

const visible = ({ caller, ...query }: ActivityQuery): ChosenRows => ({
  ...query,
  // Hosts are of no workspace.
  ...(query.table === 'workers' ? {} : { workspaceId: caller.workspaceId }),
  environments: readableEnvironments(caller),
});

/** One page of a table, in the form in which the API shows it. */
export const listActivity = async (
  activity: Activity,
  query: ActivityQuery,
  { cursor, limit }: PageQuery,
  view: View = viewOf,
): Promise<PageView> => {
  const rows = await activity.list({
    ...visible(query),
    ...(cursor === undefined ? {} : { after: accepted(readCursor(cursor)) }),
    limit,
  });
  const page = pageOf(rows, limit, (row) => ({ createdAt: Number(row.created_at), id: row.id }));
  return { items: page.items.map(view), nextCursor: page.nextCursor };
};

/** One row by its id. Throws RefusedError where there is none that the caller may see. */
export const getActivity = async (
  activity: Activity,
  { id, ...query }: ActivityQuery & Readonly<{ id: string }>,
  view: View = viewOf,
): Promise<Record<string, unknown>> => {
  const row = await activity.find({ ...visible(query), id });
  if (row === undefined)
    throw new RefusedError(
      refuse(
        'not-found',
        'id-not-found',
        `There is no ${id} among the ${query.table} of this workspace in environments that you may look into.`,
      ),
    );
  return view(row);
};
