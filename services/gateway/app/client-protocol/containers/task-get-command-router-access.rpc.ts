import { refuse, RefusedError } from '@slipway/kernel';
import { routerAccess } from '../../command-router/router-access.js';
import { findTask } from '../../tasks/find-task.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** The way to the commands of one container, for a short time. */
export const taskGetCommandRouterAccess =
  (
    parts: Pick<RpcParts, 'bus' | 'activity' | 'publicUrl' | 'signingKey'>,
  ): UnaryRpc<'taskGetCommandRouterAccess'> =>
  async ({ taskId }, call) => {
    const task = await findTask(parts, call.caller.workspaceId, taskId);
    if (task.state === 'ended')
      throw new RefusedError(refuse('conflict', 'container-ended', `The container ${taskId} has ended.`));
    return routerAccess(parts, task.taskId, call);
  };
