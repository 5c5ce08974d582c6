import { refuse, RefusedError } from '@slipway/kernel';
import { refuseName } from '@slipway/gateway-core';
import { AppGetOrCreateResponse, ObjectCreationType } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { lifecycleOf } from './app-state.js';

export const appGetOrCreate =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'appGetOrCreate'> =>
  async ({ appName, environmentName, objectCreationType }, call) => {
    const { workspaceId } = call.caller;
    const environment = await environments.resolve(call.caller, environmentName);
    const refusal = refuseName('an app', appName);
    if (refusal) throw new RefusedError(refusal);
    const find = () => bus.request('scheduler.find-app', { workspaceId, environment, name: appName });
    const found = (await find()).app;
    if (found === undefined && objectCreationType === ObjectCreationType.UNSPECIFIED)
      throw new RefusedError(
        refuse('not-found', 'app-not-found', `No app '${appName}' in environment '${environment}'.`),
      );
    if (found === undefined)
      await bus.request('scheduler.create-app', {
        appId: call.newId('ap'),
        workspaceId,
        environment,
        description: appName,
        lifetime: 'deployed',
        name: appName,
      });
    const app = found ?? (await find()).app;
    if (app === undefined)
      throw new RefusedError(refuse('unavailable', 'app-not-ready', `The app '${appName}' is being made.`));
    return AppGetOrCreateResponse.fromPartial({
      appId: app.appId,
      handleMetadata: {
        description: app.description,
        appId: app.appId,
        environmentName: app.environment,
        lifecycle: lifecycleOf(app),
        functions: app.functionIds,
      },
    });
  };
