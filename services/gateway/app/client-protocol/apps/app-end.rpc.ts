import { callerName } from '@slipway/gateway-core';
import { AppDisconnectReason } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const REASONS: Readonly<Record<AppDisconnectReason, string>> = {
  [AppDisconnectReason.UNSPECIFIED]: 'the client left',
  [AppDisconnectReason.LOCAL_EXCEPTION]: 'an exception in the client',
  [AppDisconnectReason.KEYBOARD_INTERRUPT]: 'interrupted from the keyboard',
  [AppDisconnectReason.ENTRYPOINT_COMPLETED]: 'the entrypoint is done',
  [AppDisconnectReason.DEPLOYMENT_EXCEPTION]: 'the deployment failed',
  [AppDisconnectReason.REMOTE_EXCEPTION]: 'an exception in a function',
};

/** The client leaves: an ephemeral app ends, a detached one when its work is done, a deployed one goes on. */
export const appClientDisconnect =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appClientDisconnect'> =>
  async ({ appId, reason }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.disconnect-app', { workspaceId, appId, reason: REASONS[reason] });
    return {};
  };

export const appStop =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appStop'> =>
  async ({ appId }, { caller }) => {
    const stoppedBy = callerName(caller);
    const { workspaceId } = caller;
    await bus.request('scheduler.stop-app', { workspaceId, appId, reason: 'stopped by its user', stoppedBy });
    return {};
  };

export const appHeartbeat =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appHeartbeat'> =>
  async ({ appId }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.heartbeat-app', { workspaceId, appId });
    return {};
  };
