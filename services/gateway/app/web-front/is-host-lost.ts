import type { TaskId, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

/** Whether a container is gone with its host, as far as the scheduler says. */
export const isHostLost = async (
  bus: Pick<Bus, 'request'>,
  workspaceId: WorkspaceId,
  taskId: TaskId,
): Promise<boolean> => {
  try {
    const { state, reason } = await bus.request('scheduler.get-task', { workspaceId, taskId });
    return state === 'ended' && reason === 'host-lost';
  } catch {
    // It is looked again soon.
    return false;
  }
};
