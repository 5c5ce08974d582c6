import { status, type handleServerStreamingCall, type handleUnaryCall } from '@grpc/grpc-js';
import type { TaskAssignment } from '@slipway/contracts';

/** What the client's runtime asks of the gateway before it serves inputs; all else of its own work is its worker's to answer. */
const OF_EVERY_CONTAINER: ReadonlySet<string> = new Set(['clientHello']);

/** Whether the gateway may be asked this in a container's name. */
export const mayRelay = (rpc: string, { apiAccess }: Pick<TaskAssignment, 'apiAccess'>): boolean =>
  apiAccess !== 'none' || OF_EVERY_CONTAINER.has(rpc);

/** What is answered to an rpc that reaches beyond a restricted container's own work. */
export const denied = (rpc: string, { functionTag }: Pick<TaskAssignment, 'functionTag'>) => ({
  code: status.PERMISSION_DENIED,
  details: `${rpc[0]?.toUpperCase()}${rpc.slice(1)} is not answered to containers of '${functionTag}', which has restrict_modal_access=True: they reach their own inputs, outputs and mounted volumes, and nothing else of the platform.`,
});

export const refuseUnary =
  (rpc: string, task: TaskAssignment): handleUnaryCall<Buffer, Buffer> =>
  (_call, answer) =>
    answer(denied(rpc, task));

export const refuseStream =
  (rpc: string, task: TaskAssignment): handleServerStreamingCall<Buffer, Buffer> =>
  (call) =>
    void call.emit('error', denied(rpc, task));
