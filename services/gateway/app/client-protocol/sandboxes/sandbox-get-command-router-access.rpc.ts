import type { TaskId, WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { SandboxGetCommandRouterAccessResponse } from '@slipway/protocol';
import { routerAccess } from '../../command-router/router-access.js';
import { findTask } from '../../tasks/find-task.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { idsOfSandbox } from './sandbox-ids.js';

/** The way to the commands of a sandbox's container, named by either of them. */
export const sandboxGetCommandRouterAccess =
  (
    parts: Pick<RpcParts, 'bus' | 'activity' | 'publicUrl' | 'signingKey'>,
  ): UnaryRpc<'sandboxGetCommandRouterAccess'> =>
  async ({ target }, call) => {
    const { workspaceId } = call.caller;
    const taskId =
      target?.$case === 'sandboxId' ? await taskOf(parts, workspaceId, target.value) : target?.value;
    if (taskId === undefined)
      throw new RefusedError(
        refuse('conflict', 'sandbox-not-running', `The sandbox ${target?.value ?? ''} is not running.`),
      );
    const task = await findTask(parts, workspaceId, taskId);
    return SandboxGetCommandRouterAccessResponse.fromPartial(routerAccess(parts, task.taskId, call));
  };

const taskOf = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: WorkspaceId,
  sandboxId: string,
): Promise<TaskId | undefined> => {
  const { callId } = idsOfSandbox(sandboxId);
  return (await bus.request('scheduler.await-task', { workspaceId, callId, waitMs: 0 })).taskId;
};
