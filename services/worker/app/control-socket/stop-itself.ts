import { refuse, RefusedError } from '@slipway/kernel';
import { Empty } from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerRpcs } from './container-rpcs.js';
import type { ContainerSession } from './container-session.js';
import { denied } from './refuse-rpc.js';

/** A restricted container may end itself, which is how a function says that it takes no more inputs; others only its app's owners may. */
export const stopItself =
  (host: WorkerHost, { assignment }: ContainerSession): NonNullable<ContainerRpcs['containerStop']> =>
  async ({ taskId, graceful }) => {
    if (taskId !== assignment.taskId)
      throw new RefusedError(
        refuse('forbidden', 'modal-access-restricted', denied('containerStop', assignment).details),
      );
    const { workspaceId } = assignment;
    await host.bus.request('scheduler.stop-task', {
      ...{ workspaceId, taskId: assignment.taskId },
      how: graceful ? 'drain' : 'graceful',
    });
    return Empty.create();
  };
