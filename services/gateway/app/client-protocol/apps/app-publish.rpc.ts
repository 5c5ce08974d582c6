import { refuse, RefusedError } from '@slipway/kernel';
import { AppPublishResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { lifetimeOf } from './app-state.js';

/** Clients name a class only here: until now its id stood for nothing. */
const functionOfClass = (tag: string, functionIds: Readonly<Record<string, string>>): string => {
  const functionId = functionIds[`${tag}.*`];
  if (functionId === undefined)
    throw new RefusedError(
      refuse(
        'invalid',
        'class-without-function',
        `Class '${tag}' has no function '${tag}.*' in function_ids.`,
      ),
    );
  return functionId;
};

export const appPublish =
  ({ bus, handles, publicUrl }: Pick<RpcParts, 'bus' | 'handles' | 'publicUrl'>): UnaryRpc<'appPublish'> =>
  async (request, { caller: { workspaceId } }) => {
    const { appId, functionIds, classIds } = request;
    for (const [tag, classId] of Object.entries(classIds)) {
      const made = { classId, appId, workspaceId, tag, functionId: functionOfClass(tag, functionIds) };
      await bus.request('scheduler.create-class', made);
      await handles.putClass(made);
    }
    const { deployedAt } = await bus.request('scheduler.publish-app', {
      appId,
      workspaceId,
      name: request.name,
      lifetime: lifetimeOf(request.appState),
      functionIds,
      classIds,
      definitionIds: request.definitionIds,
      tags: request.tags,
      ...(request.deploymentTag ? { deploymentTag: request.deploymentTag } : {}),
      ...(request.clientVersion ? { clientVersion: request.clientVersion } : {}),
    });
    return AppPublishResponse.fromPartial({
      url: `${publicUrl}/v1/apps/${appId}`,
      deployedAt: deployedAt / 1000,
    });
  };
