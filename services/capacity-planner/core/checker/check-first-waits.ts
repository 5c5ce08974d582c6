import type { GroupId } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { LATE_UP_TO_MS } from './count-waits.js';
import { nodesThere } from './nodes-there.js';
import type { OfferUses } from './offer-uses.js';
import { thousandths } from './thousandths.js';

/** Thousandths of a group's containers in one place, and how long one waits there for a node. */
type Place = Readonly<{ containers: number; leadMs: number }>;

/**
 * In the first period of a small fleet those wait whom no node that is there can serve. How many that are is a puzzle that is not
 * solved again; but no more are served at once than nodes would hold with nobody else on them, and who waits does so where that is
 * shortest.
 */
export const checkFirstWaits = (problem: PlanningProblem, plan: Plan, uses: OfferUses): string[] => {
  const { lengthMs } = plan.periods[0]!;
  const places = placesOf(plan);
  const atOnce = servedAtOnce(problem, uses);
  return plan.service.flatMap(({ groupId, late, lateContainerMs }) => {
    const waiting = lengthMs > LATE_UP_TO_MS ? [] : (places.get(groupId) ?? []);
    const most = waiting.reduce((sum, { containers }) => sum + containers, 0);
    const least = Math.max(0, most - thousandths(atOnce.get(groupId) ?? 0));
    const said = thousandths(late[0]!);
    if (said < least || said > most)
      return [
        `${groupId}: ${late[0]} are late in period 0; the nodes make it ${least / 1000} at least, ${most / 1000} at most`,
      ];
    const ms = waitedMs(said, waiting, lengthMs);
    return lateContainerMs[0] === ms
      ? []
      : [`${groupId}: containers wait ${lateContainerMs[0]} ms in period 0; the leads make it ${ms}`];
  });
};

/** Where each group is served in the first period and waits for nodes, the shortest wait first. */
const placesOf = (plan: Plan): ReadonlyMap<GroupId, readonly Place[]> => {
  const leads = new Map(plan.cells.map(({ cellId, leadMs }) => [cellId, leadMs]));
  const byGroup = Map.groupBy(plan.serving, ({ groupId }) => groupId);
  return new Map(
    [...byGroup].map(([groupId, serving]) => [
      groupId,
      serving
        .map(({ cellId, containers }) => ({
          containers: thousandths(containers[0]!),
          leadMs: leads.get(cellId) ?? 0,
        }))
        .filter(({ leadMs }) => leadMs > 0)
        .sort((a, b) => a.leadMs - b.leadMs),
    ]),
  );
};

const waitedMs = (late: number, places: readonly Place[], lengthMs: number): number => {
  let left = late;
  let ms = 0;
  for (const { containers, leadMs } of places) {
    const waiting = Math.min(left, containers);
    left -= waiting;
    ms += Math.round((waiting * Math.min(leadMs, lengthMs)) / 1000);
  }
  return ms;
};

/** Containers of each group that the nodes that are there would hold with nobody else on them, and more where more stand on one already. */
const servedAtOnce = (problem: PlanningProblem, uses: OfferUses): ReadonlyMap<GroupId, number> => {
  const most = new Map<GroupId, number>();
  const add = (groupId: GroupId, containers: number): void => {
    most.set(groupId, (most.get(groupId) ?? 0) + containers);
  };
  for (const [offerId, nodes] of nodesThere(problem)) {
    const { units, taken } = uses.get(offerId) ?? NOBODY;
    for (const [groupId, perContainer] of taken) add(groupId, nodes * Math.floor(units / perContainer));
  }
  for (const { offerId, running } of problem.fleet.nodes ?? []) {
    const { units, taken } = uses.get(offerId) ?? NOBODY;
    for (const { groupId, containers } of running)
      if (taken.has(groupId)) add(groupId, Math.max(0, containers - Math.floor(units / taken.get(groupId)!)));
  }
  return most;
};

/** What is held and not on offer serves nobody. */
const NOBODY = { units: 0, taken: new Map<GroupId, number>() };
