import {
  AppGetInfoResponse,
  AppGetInfoResponse_FunctionInfoSummary,
  type FunctionDefinition,
} from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { appHandle } from './app-handle.js';
import { definedFunctions, type DefinedFunction } from './defined-functions.js';

export const appGetInfo =
  (parts: Pick<RpcParts, 'bus' | 'objects'>): UnaryRpc<'appGetInfo'> =>
  async ({ appId }, { caller: { workspaceId } }) => {
    const app = await parts.bus.request('scheduler.get-app', { workspaceId, appId });
    const mayBeGone = app.state === 'stopped';
    const functions =
      app.version === 0 ? [] : await definedFunctions(parts, { workspaceId, appId }, { mayBeGone });
    return AppGetInfoResponse.fromPartial({
      info: appHandle(app, functions),
      functionInfoSummaries: Object.fromEntries(
        functions.map((found) => [found.view.functionId, summaryOf(found)]),
      ),
    });
  };

const summaryOf = ({ view, definition }: DefinedFunction): AppGetInfoResponse_FunctionInfoSummary => {
  const web = webOf(definition);
  return AppGetInfoResponse_FunctionInfoSummary.fromPartial({
    gpuConfig: view.spec.resources.gpus.map(({ type, count }) => ({ gpuType: type, count })),
    ...(definition.schedule === undefined ? {} : { schedule: definition.schedule }),
    webFunction: web.length > 0,
    ...(web.length > 0 ? { requiresProxyAuth: web.every((webhook) => webhook.requiresProxyAuth) } : {}),
    isSessioned: definition.isSessioned,
  });
};

/** What of a function, or of the methods of a class, answers HTTP. */
const webOf = (definition: FunctionDefinition) =>
  [definition, ...Object.values(definition.methodDefinitions)].flatMap(
    ({ webhookConfig }) => webhookConfig ?? [],
  );
