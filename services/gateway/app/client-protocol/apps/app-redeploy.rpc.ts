import { callerName } from '@slipway/gateway-core';
import { AppPromoteResponse, AppRollbackResponse, AppRolloverResponse } from '@slipway/protocol';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { deployedAtSecs } from './deployed-at.js';

type Parts = Pick<RpcParts, 'bus' | 'publicUrl'>;

const asked = (call: RpcCall, appId: string) => ({
  appId,
  workspaceId: call.caller.workspaceId,
  deploymentId: call.newId('dp'),
  deployedBy: callerName(call.caller),
});

const answer = ({ publicUrl }: Parts, appId: string, deployedAt: number) => ({
  url: `${publicUrl}/v1/apps/${appId}`,
  deployedAt,
});

/** An earlier version serves again, as a new one; a client that names none means the one before. */
export const appRollback =
  (parts: Parts): UnaryRpc<'appRollback'> =>
  async ({ appId, version }, call) => {
    const ask = { ...asked(call, appId), kind: 'rollback', version: version || -1 } as const;
    const redeployed = await parts.bus.request('scheduler.redeploy-app', ask);
    return AppRollbackResponse.fromPartial(answer(parts, appId, deployedAtSecs(redeployed)));
  };

/** The version that serves, with new containers. */
export const appRollover =
  (parts: Parts): UnaryRpc<'appRollover'> =>
  async ({ appId }, call) => {
    const ask = { ...asked(call, appId), kind: 'rollover' } as const;
    const redeployed = await parts.bus.request('scheduler.redeploy-app', ask);
    return AppRolloverResponse.fromPartial(answer(parts, appId, deployedAtSecs(redeployed)));
  };

/** A staged version serves, as a new one. */
export const appPromote =
  (parts: Parts): UnaryRpc<'appPromote'> =>
  async ({ appId, version }, call) => {
    const ask = { ...asked(call, appId), kind: 'promotion', version } as const;
    const redeployed = await parts.bus.request('scheduler.redeploy-app', ask);
    return AppPromoteResponse.fromPartial(answer(parts, appId, deployedAtSecs(redeployed)));
  };
