import type { AppView } from '@slipway/contracts';
import { AppHandleMetadata } from '@slipway/protocol';
import { lifecycleOf } from './app-state.js';
import type { DefinedFunction } from './defined-functions.js';

/** What a client knows of an app: functions and servers apart, each by name. */
export const appHandle = (app: AppView, functions: readonly DefinedFunction[]): AppHandleMetadata =>
  AppHandleMetadata.fromPartial({
    description: app.description,
    appId: app.appId,
    environmentName: app.environment,
    lifecycle: lifecycleOf(app),
    functions: idsByName(functions.filter(({ definition }) => !definition.isServer)),
    servers: idsByName(functions.filter(({ definition }) => definition.isServer)),
  });

const idsByName = (functions: readonly DefinedFunction[]): Record<string, string> =>
  Object.fromEntries(functions.map(({ view }) => [view.spec.tag, view.functionId]));
