import { refuse, RefusedError } from '@slipway/kernel';
import type { FunctionId, WorkspaceId } from '@slipway/contracts';
import { ClassGetResponse, ClassHandleMetadata, FunctionHandleMetadata } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/**
 * Gives a class its id. Which class it is the client says only when it publishes the app;
 * a class that was published before sends its old id, and keeps it.
 */
export const classCreate =
  ({ bus, handles }: Pick<RpcParts, 'bus' | 'handles'>): UnaryRpc<'classCreate'> =>
  async ({ appId, existingClassId, methods }, call) => {
    const { workspaceId } = call.caller;
    // Refused where the workspace has no such app.
    await bus.request('scheduler.get-app', { workspaceId, appId });
    const [known] = existingClassId ? await handles.classes(workspaceId, [existingClassId]) : [];
    const classId = known?.appId === appId ? existingClassId : call.newId('cs');
    await handles.putClass({ classId, workspaceId, appId });
    return { classId, handleMetadata: ClassHandleMetadata.fromPartial({ methods }) };
  };

export const classGet =
  ({
    bus,
    handles,
    environments,
  }: Pick<RpcParts, 'bus' | 'handles' | 'environments'>): UnaryRpc<'classGet'> =>
  async ({ appName, objectTag: tag, environmentName, appVersion }, { caller }) => {
    const { workspaceId } = caller;
    const environment = await environments.resolve(caller, environmentName);
    const found = await bus
      .request('scheduler.find-class', {
        workspaceId,
        environment,
        appName,
        tag,
        ...(appVersion === 0 ? {} : { version: appVersion }),
      })
      .catch((error: unknown) => {
        if (!(error instanceof RefusedError) || error.refusal.refused !== 'not-found') throw error;
        if (error.refusal.code === 'version-not-found') throw error;
        throw new RefusedError(
          refuse(
            'not-found',
            'class-not-found',
            `No class '${tag}' in app '${appName}' (environment '${environment}'); deploy it there or check the names`,
          ),
        );
      });
    return ClassGetResponse.fromPartial({
      classId: found.classId,
      handleMetadata: {
        classFunctionId: found.functionId,
        classFunctionMetadata: await handleOf({ bus, handles }, workspaceId, found.functionId),
      },
    });
  };

const handleOf = async (
  { bus, handles }: Pick<RpcParts, 'bus' | 'handles'>,
  workspaceId: WorkspaceId,
  functionId: FunctionId,
): Promise<FunctionHandleMetadata | undefined> => {
  const view = await bus.request('scheduler.get-function', { workspaceId, functionId });
  const row = (await handles.functions(workspaceId, [view])).get(functionId);
  return row && FunctionHandleMetadata.decode(row.metadata);
};
