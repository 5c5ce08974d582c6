import type { GroupId } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { thousandths } from './thousandths.js';

/** Containers that stay where they are run on in the periods that begin within so long. */
const RUN_ON_MS = 1_800_000;

/** Thousandths of a group's containers that a period may want beyond those that run already; of groups that move freely, any number. */
export const newcomers = (
  { at, groups, fleet }: PlanningProblem,
  { periods, service }: Plan,
): ((groupId: GroupId, period: number) => number) => {
  const staying = new Set(
    groups.filter(({ movement }) => movement === 'sticky').map(({ groupId }) => groupId),
  );
  const running = new Map<GroupId, number>();
  for (const { groupId, containers } of fleet.running)
    running.set(groupId, (running.get(groupId) ?? 0) + thousandths(containers));
  const wanted = new Map(service.map((entry) => [entry.groupId, entry.wanted.map(thousandths)]));
  return (groupId, period) => {
    if (!staying.has(groupId) || periods[period]!.startsAt >= at + RUN_ON_MS) return Infinity;
    const counts = wanted.get(groupId)!;
    return counts[period]! - Math.min(running.get(groupId) ?? 0, ...counts.slice(0, period + 1));
  };
};
