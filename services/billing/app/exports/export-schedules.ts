import type { AskOf, ExportScheduleView } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';

/** One for each day or month: setting it again replaces it. */
export const setExportSchedule = async (
  connection: SqlPool,
  ask: AskOf<'billing.set-export-schedule'>,
  at: number,
): Promise<ExportScheduleView> => {
  const { workspaceId, ...schedule } = ask;
  await connection.query({
    text: `insert into billing.export_schedules (workspace_id, every, granularity, format, set_by, set_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (coalesce(workspace_id, ''), every) do update
        set granularity = excluded.granularity, format = excluded.format, set_by = excluded.set_by, set_at = excluded.set_at`,
    values: [workspaceId, ask.every, ask.granularity, ask.format, ask.setBy, at],
  });
  return schedule;
};

export const listExportSchedules = async (
  connection: SqlPool,
  workspaceId: string | null,
): Promise<readonly ExportScheduleView[]> => {
  const { rows } = await connection.query<ExportScheduleView>({
    text: `select every, granularity, format, set_by as "setBy" from billing.export_schedules
      where workspace_id is not distinct from $1 order by every`,
    values: [workspaceId],
  });
  return rows;
};

export const deleteExportSchedule = async (
  connection: SqlPool,
  { workspaceId, every }: AskOf<'billing.delete-export-schedule'>,
): Promise<void> => {
  const { rowCount } = await connection.query({
    text: 'delete from billing.export_schedules where workspace_id is not distinct from $1 and every = $2',
    values: [workspaceId, every],
  });
  if (rowCount === 0)
    deny(refuse('not-found', 'export-schedule-not-found', `Nothing is exported every ${every} here.`));
};
