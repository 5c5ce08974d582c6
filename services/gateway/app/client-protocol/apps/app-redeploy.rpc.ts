import type { RedeployApp } from '@slipway/contracts';
import { callerName } from '@slipway/gateway-core';
import { AppPromoteResponse, AppRollbackResponse, AppRolloverResponse } from '@slipway/protocol';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { serverWarnings } from '../server-warnings.js';
import { deployedAtSecs } from './deployed-at.js';
import { serveNames, type ServingParts } from './serve-names.js';

type Parts = ServingParts & Pick<RpcParts, 'publicUrl'>;

const asked = (call: RpcCall, appId: string) => ({
  appId,
  workspaceId: call.caller.workspaceId,
  deploymentId: call.newId('dp'),
  deployedBy: callerName(call.caller),
});

/** What serves once more leaves others the names that they serve by now; a staged version is a deployment like any. */
const redeploy = async (parts: Parts, { caller }: RpcCall, ask: RedeployApp) => {
  const { appId, kind } = ask;
  const redeployed = await parts.bus.request('scheduler.redeploy-app', ask);
  const warnings = await serveNames(parts, caller, appId, kind === 'promotion' ? 'take' : 'leave');
  return {
    url: `${parts.publicUrl}/v1/apps/${appId}`,
    deployedAt: deployedAtSecs(redeployed),
    serverWarnings: serverWarnings(warnings),
  };
};

/** An earlier version serves again, as a new one; a client that names none means the one before. */
export const appRollback =
  (parts: Parts): UnaryRpc<'appRollback'> =>
  async ({ appId, version }, call) => {
    const ask = { ...asked(call, appId), kind: 'rollback', version: version || -1 } as const;
    return AppRollbackResponse.fromPartial(await redeploy(parts, call, ask));
  };

/** The version that serves, with new containers. */
export const appRollover =
  (parts: Parts): UnaryRpc<'appRollover'> =>
  async ({ appId }, call) => {
    const ask = { ...asked(call, appId), kind: 'rollover' } as const;
    return AppRolloverResponse.fromPartial(await redeploy(parts, call, ask));
  };

/** A staged version serves, as a new one. */
export const appPromote =
  (parts: Parts): UnaryRpc<'appPromote'> =>
  async ({ appId, version }, call) => {
    const ask = { ...asked(call, appId), kind: 'promotion', version } as const;
    return AppPromoteResponse.fromPartial(await redeploy(parts, call, ask));
  };
