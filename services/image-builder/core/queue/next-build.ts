import type { WorkspaceId } from '@slipway/contracts';

export type BuildPlaces = Readonly<{
  /** How many builds run at once. */
  total: number;
  /** The workspaces of those that run. */
  running: readonly WorkspaceId[];
  /** Each workspace once, the one whose build was started last at the end. */
  served: readonly WorkspaceId[];
}>;

export const buildsOf = (workspaceId: WorkspaceId, running: readonly WorkspaceId[]): number =>
  running.filter((other) => other === workspaceId).length;

/**
 * Which build takes a free place: one of the workspace with the fewest that run, then of the one that has waited longest for its
 * turn, in the order in which they came. The last place is kept for a workspace of which none runs, so that nobody waits
 * until another's long builds end.
 */
export const nextBuild = <Build extends Readonly<{ workspaceId: WorkspaceId }>>(
  waiting: readonly Build[],
  { total, running, served }: BuildPlaces,
): Build | undefined => {
  const free = total - running.length;
  const own = ({ workspaceId }: Build): number => buildsOf(workspaceId, running);
  const turn = ({ workspaceId }: Build): number => served.lastIndexOf(workspaceId);
  return waiting
    .filter((build) => free > 1 || (free === 1 && own(build) === 0))
    .toSorted((a, b) => own(a) - own(b) || turn(a) - turn(b))[0];
};
