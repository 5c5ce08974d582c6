import type { AppId, WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { callerName, refuseName, refuseTags } from '@slipway/gateway-core';
import { AppPublishResponse, AppState } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import { serverWarnings } from '../server-warnings.js';
import type { RpcParts } from '../rpc-parts.js';
import { lifetimeOf } from './app-state.js';
import { readCommit } from './commit-info.js';
import { deployedAtSecs } from './deployed-at.js';
import { refuseSharedNames } from './refuse-shared-names.js';
import { serveNames, type ServingParts } from './serve-names.js';

/** What was defined serves from now on, all at once. */
export const appPublish =
  (parts: ServingParts & Pick<RpcParts, 'handles' | 'publicUrl'>): UnaryRpc<'appPublish'> =>
  async (request, call) => {
    const { bus, handles, publicUrl } = parts;
    const { caller, headers } = call;
    const { workspaceId } = caller;
    const { appId, functionIds, classIds, definitionIds } = request;
    const refusal =
      (request.name === '' ? undefined : refuseName('an app', request.name)) ?? refuseTags(request.tags);
    if (refusal) throw new RefusedError(refusal);
    await refuseUnknownClasses(handles, workspaceId, appId, classIds);
    await refuseSharedNames(parts, caller, request);
    const clientVersion = request.clientVersion || (headers.libraryVersion ?? headers.clientVersion);
    const published = await bus.request('scheduler.publish-app', {
      appId,
      workspaceId,
      deploymentId: call.newId('dp'),
      name: request.name,
      // A served app that is published anew says nothing of how long it is to live.
      ...(request.appState === AppState.UNSPECIFIED ? {} : { lifetime: lifetimeOf(request.appState) }),
      functionIds,
      classIds,
      definitionIds,
      tags: request.tags,
      ...(request.deploymentTag ? { deploymentTag: request.deploymentTag } : {}),
      ...(request.commitInfo ? { commit: readCommit(request.commitInfo) } : {}),
      ...(clientVersion ? { clientVersion } : {}),
      deployedBy: callerName(caller),
      ...(request.staged ? { staged: true } : {}),
    });
    for (const [tag, classId] of Object.entries(classIds)) {
      const functionId = functionIds[`${tag}.*`];
      if (functionId !== undefined) await handles.putClass({ classId, appId, workspaceId, tag, functionId });
    }
    const warnings = request.staged ? [] : await serveNames(parts, caller, appId, 'take');
    return AppPublishResponse.fromPartial({
      url: `${publicUrl}/v1/apps/${appId}`,
      deployedAt: deployedAtSecs(published),
      serverWarnings: serverWarnings(warnings),
    });
  };

/** A class id is one that this app was given: any other one stands for nothing, or for something of a stranger. */
const refuseUnknownClasses = async (
  handles: RpcParts['handles'],
  workspaceId: WorkspaceId,
  appId: AppId,
  classIds: Readonly<Record<string, string>>,
): Promise<void> => {
  const rows = await handles.classes(workspaceId, Object.values(classIds));
  const known = new Set(rows.filter((row) => row.appId === appId).map((row) => row.classId));
  for (const [tag, classId] of Object.entries(classIds))
    if (!known.has(classId))
      throw new RefusedError(
        refuse(
          'not-found',
          'class-not-found',
          `class_ids names ${classId} as '${tag}', which this app has not`,
        ),
      );
};
