import type { AppId, FunctionId, FunctionView, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { AppLayout } from '@slipway/protocol';
import type { Handles } from '../store/handles.js';
import { describeObjects } from './describe-objects.js';
import { pinFunction } from './pin-function.js';

type LayoutParts = Readonly<{ bus: Bus; handles: Handles }>;

export type WantedLayout = Readonly<{
  workspaceId: WorkspaceId;
  appId: AppId;
  version: number;
  /** Whether the functions in it keep to the version. */
  pinned?: boolean;
  /** A function that is in the layout though no version has it, like those that build images. */
  ownFunctionId?: FunctionId;
}>;

/**
 * The objects of a version of an app by name, with all that a container must know of each: its functions and classes,
 * and everything on which one of its functions depends, from whatever app of the workspace.
 */
export const assembleLayout = async (
  parts: LayoutParts,
  { workspaceId, appId, version, pinned = false, ownFunctionId }: WantedLayout,
): Promise<AppLayout> => {
  const { bus, handles } = parts;
  const known = await bus.request('scheduler.list-functions', { workspaceId, appId, version });
  const isListed = known.functions.some(({ functionId }) => functionId === ownFunctionId);
  const views: FunctionView[] = [...known.functions];
  if (ownFunctionId !== undefined && !isListed)
    views.push(await bus.request('scheduler.get-function', { workspaceId, functionId: ownFunctionId }));

  const idOf = new Map<FunctionId, FunctionId>(
    await Promise.all(
      views.map(
        async ({ functionId }) =>
          [
            functionId,
            pinned ? await pinFunction(bus, workspaceId, functionId, version) : functionId,
          ] as const,
      ),
    ),
  );
  const rows = await handles.functions(workspaceId, views);
  const objects = await describeObjects(parts, workspaceId, {
    functions: views.flatMap(({ functionId }) => {
      const row = rows.get(functionId);
      return row === undefined
        ? []
        : [{ objectId: idOf.get(functionId) ?? functionId, metadata: row.metadata }];
    }),
    classes: known.classes.map(({ classId, functionId }) => ({
      objectId: classId,
      functionId: idOf.get(functionId) ?? functionId,
    })),
    otherIds: [...rows.values()].flatMap((row) => row.dependencyIds),
  });
  return {
    objects,
    functionIds: Object.fromEntries(
      views.map(({ functionId, spec }) => [spec.tag, idOf.get(functionId) ?? functionId]),
    ),
    classIds: Object.fromEntries(known.classes.map(({ tag, classId }) => [tag, classId])),
  };
};
