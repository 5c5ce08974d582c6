import type { TaskId, TaskView, WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { Activity, ActivityRow } from '../store/activity.js';

/**
 * A container, also one that ended long ago: the scheduler remembers those of the last minutes, the tables of activity all that `/v1` lists.
 * Throws RefusedError where the workspace has none of this id.
 */
export const findTask = async (
  { bus, activity }: Readonly<{ bus: Bus; activity: Activity }>,
  workspaceId: WorkspaceId,
  taskId: TaskId,
): Promise<TaskView> => {
  try {
    return await bus.request('scheduler.get-task', { workspaceId, taskId });
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.refused !== 'not-found') throw error;
    const row = await activity.find({ table: 'tasks', workspaceId, id: taskId });
    if (row === undefined || row['ended_at'] == null) throw error;
    return endedTask(row, workspaceId);
  }
};

const endedTask = (row: ActivityRow, workspaceId: WorkspaceId): TaskView => ({
  taskId: row.id,
  appId: String(row['app_id']),
  appDescription: '',
  environment: '',
  functionId: String(row['function_id']),
  workspaceId,
  state: 'ended',
  reason: row['reason'] as NonNullable<TaskView['reason']>,
  ...(row['message'] == null ? {} : { message: String(row['message']) }),
  ...(row['exit_code'] == null ? {} : { exitCode: Number(row['exit_code']) }),
  createdAt: Number(row.created_at),
  ...(row['ready_at'] == null ? {} : { readyAt: Number(row['ready_at']) }),
  endedAt: Number(row['ended_at']),
});
