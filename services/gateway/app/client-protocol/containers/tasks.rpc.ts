import { TaskListResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const taskList =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'taskList'> =>
  async ({ appId }, { caller: { workspaceId } }) => {
    const { tasks } = await bus.request('scheduler.list-tasks', { workspaceId, ...(appId ? { appId } : {}) });
    return TaskListResponse.fromPartial({
      tasks: tasks
        .filter((task) => task.state !== 'ended')
        .map((task) => ({
          taskId: task.taskId,
          appId: task.appId,
          enqueuedAt: task.createdAt / 1000,
          ...(task.readyAt === undefined ? {} : { startedAt: task.readyAt / 1000 }),
        })),
    });
  };

export const containerStop =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'containerStop'> =>
  async ({ taskId, graceful }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.stop-task', { workspaceId, taskId, how: graceful ? 'graceful' : 'kill' });
    return {};
  };
