import { TaskGetInfoResponse, TaskListResponse } from '@slipway/protocol';
import { findTask } from '../../tasks/find-task.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { resultOfExit } from './result-of-exit.js';

/** The containers that are there now, of one environment or of one app. */
export const taskList =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'taskList'> =>
  async ({ appId, environmentName }, { caller }) => {
    const { workspaceId } = caller;
    if (appId) await bus.request('scheduler.get-app', { workspaceId, appId });
    const environment = await environments.resolve(caller, environmentName);
    const ask = { workspaceId, environment, ...(appId ? { appId } : {}) };
    const { tasks } = await bus.request('scheduler.list-tasks', ask);
    return TaskListResponse.fromPartial({
      tasks: tasks.map((task) => ({
        taskId: task.taskId,
        appId: task.appId,
        appDescription: task.appDescription,
        enqueuedAt: task.createdAt / 1000,
        ...(task.readyAt === undefined ? {} : { startedAt: task.readyAt / 1000 }),
      })),
    });
  };

export const taskGetInfo =
  (parts: Pick<RpcParts, 'bus' | 'activity'>): UnaryRpc<'taskGetInfo'> =>
  async ({ taskId }, { caller: { workspaceId } }) => {
    const task = await findTask(parts, workspaceId, taskId);
    return TaskGetInfoResponse.fromPartial({
      appId: task.appId,
      info: {
        id: task.taskId,
        enqueuedAt: task.createdAt / 1000,
        startedAt: (task.readyAt ?? 0) / 1000,
        finishedAt: (task.endedAt ?? 0) / 1000,
        ...(task.reason === undefined || task.state !== 'ended'
          ? {}
          : { result: resultOfExit({ ...task, reason: task.reason }) }),
      },
    });
  };

export const containerStop =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'containerStop'> =>
  async ({ taskId, graceful }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.stop-task', { workspaceId, taskId, how: graceful ? 'drain' : 'graceful' });
    return {};
  };
