import type { ClassId, FunctionId, WorkspaceId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import {
  ClassHandleMetadata,
  FunctionHandleMetadata,
  MountHandleMetadata,
  type LayoutObject,
} from '@slipway/protocol';
import type { Handles } from '../store/handles.js';

type Parts = Readonly<{ bus: Bus; handles: Handles }>;

export type ToDescribe = Readonly<{
  functions: readonly Readonly<{ objectId: FunctionId; metadata: Uint8Array }>[];
  classes: readonly Readonly<{ objectId: ClassId; functionId: FunctionId }>[];
  /** Ids of any kind, of this app or of others. */
  otherIds: readonly string[];
}>;

/** What a client must know of each object to use it. */
export const describeObjects = async (
  parts: Parts,
  workspaceId: WorkspaceId,
  { functions, classes, otherIds }: ToDescribe,
): Promise<LayoutObject[]> => {
  const described = new Set([...functions, ...classes].map(({ objectId }) => objectId as string));
  const others = [...new Set(otherIds)].filter((id) => !described.has(id));
  const otherClasses = await parts.handles.classes(
    workspaceId,
    others.filter((id) => id.startsWith('cs-')),
  );
  const metadata = new Map(
    functions.map((own) => [own.objectId, FunctionHandleMetadata.decode(own.metadata)]),
  );
  const unknown = [
    ...others.filter((id) => id.startsWith('fu-')),
    ...otherClasses.flatMap((row) => row.functionId ?? []),
  ].filter((id) => !metadata.has(id));
  for (const [functionId, found] of await functionsElsewhere(parts, workspaceId, unknown))
    metadata.set(functionId, found);

  const classOf = (objectId: string, functionId: FunctionId | null | undefined): LayoutObject => ({
    objectId,
    handleMetadataOneof: {
      $case: 'classHandleMetadata',
      value: ClassHandleMetadata.fromPartial({
        classFunctionId: functionId ?? '',
        ...(functionId ? { classFunctionMetadata: metadata.get(functionId) } : {}),
      }),
    },
  });
  const otherObject = async (objectId: string): Promise<LayoutObject> => {
    const row = otherClasses.find(({ classId }) => classId === objectId);
    if (row) return classOf(objectId, row.functionId);
    return objectId.startsWith('mo-') ? mountOf(parts.bus, objectId) : { objectId };
  };
  const rest = await Promise.all(others.filter((id) => !metadata.has(id)).map(otherObject));
  return [
    ...[...metadata].map(([objectId, value]): LayoutObject => ({
      objectId,
      handleMetadataOneof: { $case: 'functionHandleMetadata', value },
    })),
    ...classes.map(({ objectId, functionId }) => classOf(objectId, functionId)),
    ...rest,
  ];
};

/** One that is gone, long after its app, has no handle. */
const mountOf = async (bus: Bus, objectId: string): Promise<LayoutObject> => {
  const mount = await bus.request('blob-store.get-mount', { mountId: objectId }).catch((error: unknown) => {
    if (error instanceof RefusedError) return undefined;
    throw error;
  });
  if (mount === undefined) return { objectId };
  return {
    objectId,
    handleMetadataOneof: {
      $case: 'mountHandleMetadata',
      value: MountHandleMetadata.fromPartial({ contentChecksumSha256Hex: mount.checksum }),
    },
  };
};

/** Functions of other apps, and bound variants, as they are served now; one that is gone has no handle. */
const functionsElsewhere = async (
  { bus, handles }: Parts,
  workspaceId: WorkspaceId,
  functionIds: readonly FunctionId[],
): Promise<ReadonlyMap<FunctionId, FunctionHandleMetadata>> => {
  const found = new Map<FunctionId, FunctionHandleMetadata>();
  const views = await Promise.all(
    functionIds.map((functionId) =>
      bus.request('scheduler.get-function', { workspaceId, functionId }).catch(() => undefined),
    ),
  );
  for (const view of views) {
    if (view === undefined) continue;
    const { functionId, baseFunctionId = functionId, definitionDigest } = view;
    const rows = await handles.functions(workspaceId, [{ functionId: baseFunctionId, definitionDigest }]);
    const row = rows.get(baseFunctionId);
    if (row === undefined) continue;
    const value = FunctionHandleMetadata.decode(row.metadata);
    found.set(functionId, baseFunctionId === functionId ? value : { ...value, baseFunctionId });
  }
  return found;
};
