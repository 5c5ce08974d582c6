import { RefusedError } from '@slipway/kernel';
import { appDescription, callerName, refuseName, refuseTags } from '@slipway/gateway-core';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { lifetimeOf } from './app-state.js';
import { createApp } from './create-app.js';

export const appCreate =
  ({
    bus,
    environments,
    publicUrl,
  }: Pick<RpcParts, 'bus' | 'environments' | 'publicUrl'>): UnaryRpc<'appCreate'> =>
  async ({ description, environmentName, appState, tags }, call) => {
    const environment = await environments.resolve(call.caller, environmentName);
    const lifetime = lifetimeOf(appState);
    // A deployment's first app is described by the name under which it will be found.
    const refusal =
      (lifetime === 'deployed' ? refuseName('an app', description) : undefined) ?? refuseTags(tags);
    if (refusal) throw new RefusedError(refusal);
    // Of two first deployments at once the later one goes on in the app of the other.
    const appId = await createApp(bus, {
      appId: call.newId('ap'),
      workspaceId: call.caller.workspaceId,
      environment,
      description: appDescription(description),
      lifetime,
      ...(lifetime === 'deployed' ? { name: description } : {}),
      tags,
      createdBy: callerName(call.caller),
    });
    const page = `${publicUrl}/v1/apps/${appId}`;
    return { appId, appPageUrl: page, appLogsUrl: page };
  };
