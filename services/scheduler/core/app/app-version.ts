import type { ClassId, CommitInfo, DefinitionId, DeploymentKind, FunctionId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** What an app is made of: names, and what each of them stands for. */
export type Layout = Readonly<{
  functionIds: Readonly<Record<string, FunctionId>>;
  /** Classes by tag. */
  classes: Readonly<Record<string, Readonly<{ classId: ClassId; functionId: FunctionId }>>>;
  definitionIds: Readonly<Record<FunctionId, DefinitionId>>;
  tags: Readonly<Record<string, string>>;
}>;

/** One entry of an app's history. It never changes: going back to it makes a new one. */
export type AppVersion = Layout &
  Readonly<{
    version: number;
    kind: DeploymentKind;
    sourceVersion?: number;
    deploymentId?: string;
    deploymentTag?: string;
    commit?: CommitInfo;
    clientVersion?: string;
    deployedBy?: string;
    deployedAt: Instant;
  }>;

/**
 * Which definition a function runs. Containers of a version before `since` are of another one, or were to be replaced.
 * A function that a version took away keeps its last definition, for what it has still to do.
 */
export type Serving = Readonly<{ definitionId: DefinitionId; since: number; removedBy?: number }>;

/** What is served once a version is: what stays the same keeps its containers, except at a rollover. */
export const serve = (
  serving: Readonly<Record<FunctionId, Serving>>,
  { version, kind, functionIds, definitionIds }: AppVersion,
): Readonly<Record<FunctionId, Serving>> => {
  const next: Record<FunctionId, Serving> = {};
  for (const [functionId, before] of Object.entries(serving))
    next[functionId] = { removedBy: version, ...before };
  for (const functionId of Object.values(functionIds)) {
    const definitionId = definitionIds[functionId] ?? '';
    const before = serving[functionId];
    const stays =
      kind !== 'rollover' && before?.definitionId === definitionId && before.removedBy === undefined;
    next[functionId] = stays ? before : { definitionId, since: version };
  }
  return next;
};

/** Whether two layouts are the same, in whatever order their names come. */
export const sameLayout = (one: Layout, other: Layout): boolean => inOrder(one) === inOrder(other);

const inOrder = ({ functionIds, classes, definitionIds, tags }: Layout): string =>
  JSON.stringify(
    [functionIds, classes, definitionIds, tags].map((record: Readonly<Record<string, unknown>>) =>
      Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ),
  );
