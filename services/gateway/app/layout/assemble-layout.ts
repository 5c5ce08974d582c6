import type { AppId, WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { AppLayout, LayoutObject } from '@slipway/protocol';
import { ClassHandleMetadata, FunctionHandleMetadata, MountHandleMetadata } from '@slipway/protocol';
import type { Handles } from '../store/handles.js';

type LayoutParts = Readonly<{ bus: Bus; handles: Handles }>;

/**
 * The objects of an app by name, with all that a container must know of each: its functions and classes,
 * and everything on which one of its functions depends, from whatever app of the workspace.
 */
export const assembleLayout = async (
  { bus, handles }: LayoutParts,
  { workspaceId, appId }: Readonly<{ workspaceId: WorkspaceId; appId: AppId }>,
): Promise<AppLayout> => {
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const ownFunctions = await handles.functionsOf(workspaceId, appId);
  const ownClasses = await handles.classesOf(workspaceId, appId);
  // What is made but not published yet, like the functions that build images, is in its containers' layout as well.
  const functionIds = {
    ...Object.fromEntries(ownFunctions.filter((row) => !row.bound).map((row) => [row.tag, row.functionId])),
    ...app.functionIds,
  };
  const classIds = {
    ...Object.fromEntries(ownClasses.flatMap((row) => (row.tag == null ? [] : [[row.tag, row.classId]]))),
    ...app.classIds,
  };
  const wanted = new Set([
    ...Object.values(functionIds),
    ...Object.values(classIds),
    ...ownFunctions.flatMap((row) => row.dependencyIds),
  ]);
  const objects = await describeObjects({ bus, handles }, workspaceId, [...wanted]);
  return { objects, functionIds, classIds };
};

const describeObjects = async (
  { bus, handles }: LayoutParts,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<LayoutObject[]> => {
  const classes = await handles.classes(
    workspaceId,
    ids.filter((id) => id.startsWith('cs-')),
  );
  const functionIds = [
    ...ids.filter((id) => id.startsWith('fu-')),
    ...classes.flatMap((row) => row.functionId ?? []),
  ];
  const functions = new Map(
    (await handles.functions(workspaceId, functionIds)).map((row) => [
      row.functionId,
      FunctionHandleMetadata.decode(row.metadata),
    ]),
  );
  const classById = new Map(classes.map((row) => [row.classId, row]));
  return Promise.all(
    ids.map(async (objectId): Promise<LayoutObject> => {
      const functionMetadata = functions.get(objectId);
      if (functionMetadata)
        return {
          objectId,
          handleMetadataOneof: { $case: 'functionHandleMetadata', value: functionMetadata },
        };
      const classRow = classById.get(objectId);
      if (classRow)
        return {
          objectId,
          handleMetadataOneof: {
            $case: 'classHandleMetadata',
            value: ClassHandleMetadata.fromPartial({
              classFunctionId: classRow.functionId ?? '',
              ...(classRow.functionId ? { classFunctionMetadata: functions.get(classRow.functionId) } : {}),
            }),
          },
        };
      if (objectId.startsWith('mo-')) {
        const { checksum } = await bus.request('blob-store.get-mount', { mountId: objectId });
        return {
          objectId,
          handleMetadataOneof: {
            $case: 'mountHandleMetadata',
            value: MountHandleMetadata.fromPartial({ contentChecksumSha256Hex: checksum }),
          },
        };
      }
      return { objectId };
    }),
  );
};
