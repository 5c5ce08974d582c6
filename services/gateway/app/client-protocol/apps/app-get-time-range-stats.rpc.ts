import type { FunctionId, WorkspaceId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { AppFunctionCounts, AppGetTimeRangeStatsResponse } from '@slipway/protocol';
import { countByFunction, type FunctionCounts, type TimeRange } from '../../store/app-counts.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { lifecycleOf } from './app-state.js';

const LONGEST_MS = 7 * 24 * 60 * 60_000;

/** What an app did in a time range, by function; variants count with the function that they are of. */
export const appGetTimeRangeStats =
  (parts: Pick<RpcParts, 'bus' | 'statistics'>): UnaryRpc<'appGetTimeRangeStats'> =>
  async ({ appId, since, until }, { caller: { workspaceId } }) => {
    const { bus, statistics } = parts;
    const range = rangeOf(since, until);
    const app = await bus.request('scheduler.get-app', { workspaceId, appId });
    const { versions } = await bus.request('scheduler.list-versions', { workspaceId, appId });
    const counted = await statistics.read(workspaceId, (connection) =>
      countByFunction(connection, { workspaceId, appId, ...range }),
    );
    const counts = await byBase(parts, workspaceId, counted);
    const deployments = versions.filter(
      ({ kind, deployedAt }) =>
        kind !== 'staged' && deployedAt >= range.sinceMs && deployedAt < range.untilMs,
    );
    return AppGetTimeRangeStatsResponse.fromPartial({
      since: new Date(range.sinceMs),
      until: new Date(range.untilMs),
      functions: {
        total: countsOf([...counts.values()].flat()),
        byName: Object.fromEntries(
          Object.entries(app.functionIds).map(([name, functionId]) => [
            name,
            { objectId: functionId, counts: countsOf(counts.get(functionId) ?? []) },
          ]),
        ),
      },
      servers: { total: { requests: {}, containers: {} } },
      sandboxes: {},
      lifecycle: lifecycleOf(app),
      deploymentCount: deployments.length,
    });
  };

const rangeOf = (since: Date | undefined, until: Date | undefined): TimeRange => {
  const untilMs = until?.getTime() ?? Date.now();
  const sinceMs = since?.getTime() ?? untilMs - 60 * 60_000;
  if (sinceMs >= untilMs)
    throw new RefusedError(refuse('invalid', 'range-empty', 'since must be before until.'));
  if (untilMs - sinceMs > LONGEST_MS)
    throw new RefusedError(
      refuse('invalid', 'range-too-long', 'since and until may be at most seven days apart.'),
    );
  return { sinceMs, untilMs };
};

const byBase = async (
  { bus }: Pick<RpcParts, 'bus'>,
  workspaceId: WorkspaceId,
  all: readonly FunctionCounts[],
): Promise<ReadonlyMap<FunctionId, FunctionCounts[]>> => {
  const grouped = new Map<FunctionId, FunctionCounts[]>();
  for (const counts of all) {
    const { functionId } = counts;
    const view = await bus
      .request('scheduler.get-function', { workspaceId, functionId })
      .catch(() => undefined);
    const base = view?.baseFunctionId ?? functionId;
    grouped.set(base, [...(grouped.get(base) ?? []), counts]);
  }
  return grouped;
};

const countsOf = (all: readonly FunctionCounts[]): AppFunctionCounts => {
  const sum = (of: (counts: FunctionCounts) => number): number =>
    all.reduce((total, counts) => total + of(counts), 0);
  const succeeded = sum((counts) => counts.succeeded);
  const failed = sum((counts) => counts.failed);
  return AppFunctionCounts.fromPartial({
    calls: { total: succeeded + failed, succeeded, failed },
    containers: {
      containerErrors: sum((counts) => counts.containerErrors),
      containerActiveCount: sum((counts) => counts.containers),
    },
  });
};
