import type { AppView } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { callerName, refuseName } from '@slipway/gateway-core';
import { AppGetOrCreateResponse, ObjectCreationType } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { appHandle } from './app-handle.js';
import { createApp } from './create-app.js';
import { definedFunctions } from './defined-functions.js';

export const appGetOrCreate =
  (parts: Pick<RpcParts, 'bus' | 'objects' | 'environments'>): UnaryRpc<'appGetOrCreate'> =>
  async ({ appName, environmentName, objectCreationType }, call) => {
    const { bus, environments } = parts;
    const { workspaceId } = call.caller;
    const environment = await environments.resolve(call.caller, environmentName);
    const refusal = refuseName('an app', appName);
    if (refusal) throw new RefusedError(refusal);
    const find = async (): Promise<AppView | undefined> =>
      (await bus.request('scheduler.find-app', { workspaceId, environment, name: appName })).app;
    const found = await find();
    if (found === undefined && objectCreationType === ObjectCreationType.UNSPECIFIED)
      throw new RefusedError(
        refuse('not-found', 'app-not-found', `No app '${appName}' in environment '${environment}'.`),
      );
    const ours = {
      appId: call.newId('ap'),
      workspaceId,
      environment,
      description: appName,
      lifetime: 'deployed',
      name: appName,
      createdBy: callerName(call.caller),
    } as const;
    const appId = found?.appId ?? (await createApp(bus, ours));
    // It is there to stay, also when somebody else's first deployment of it is broken off.
    const isToStay = objectCreationType !== ObjectCreationType.UNSPECIFIED && found?.state !== 'running';
    if (isToStay) await bus.request('scheduler.keep-app', { appId, workspaceId });
    const app = isToStay ? await find() : found;
    if (app === undefined)
      throw new RefusedError(refuse('unavailable', 'app-not-ready', `The app '${appName}' is being made.`));
    const mayBeGone = app.state === 'stopped';
    const functions =
      app.version === 0
        ? []
        : await definedFunctions(parts, { workspaceId, appId: app.appId }, { mayBeGone });
    return AppGetOrCreateResponse.fromPartial({
      appId: app.appId,
      handleMetadata: appHandle(app, functions),
    });
  };
