import type { Fleet } from '../fleet/fleet.js';
import type { Prepared, PreparedGroup, PreparedPeriod } from './prepared.js';

/** So long sticky containers are taken to run on: by then some have ended, and what starts until then is planned anew. */
const RUNNING_ON_UP_TO_MS = 1_800_000;

/**
 * Whom a near period wants of a sticky group beyond those that run already. By group and period; nothing of groups that move freely,
 * of which anybody may wait.
 */
export const newcomersOf = (
  { running }: Pick<Fleet, 'running'>,
  groups: readonly PreparedGroup[],
  periods: readonly PreparedPeriod[],
): Prepared['newcomers'] => {
  const runningNow = new Map<string, number>();
  for (const { groupId, containers } of running)
    runningNow.set(groupId, (runningNow.get(groupId) ?? 0) + containers);
  return groups.map(({ group, wanted }) => {
    if (group.movement === 'free') return [];
    let runOn = runningNow.get(group.groupId) ?? 0;
    return periods.flatMap(({ startsAt }, period) => {
      if (startsAt - periods[0]!.startsAt >= RUNNING_ON_UP_TO_MS) return [];
      runOn = Math.min(runOn, wanted[period]!);
      return [Math.round((wanted[period]! - runOn) * 1000) / 1000];
    });
  });
};
