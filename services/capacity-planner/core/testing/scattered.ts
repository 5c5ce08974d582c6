import { seededRandom } from '@slipway/kernel';
import type { DemandGroup } from '../demand/demand-group.js';
import type { StandingNode } from '../fleet/fleet.js';
import { prepare } from '../model/prepare.js';
import type { PlanningProblem } from '../planning-problem.js';
import { drawing } from './drawing.js';

const noSpace = { vcpusPerContainer: 0, memoryMiBPerContainer: 0 };

/** The problem with sticky containers scattered over the nodes that are held. */
export const scattered = (problem: PlanningProblem, seed: number): PlanningProblem => {
  const draw = drawing(seededRandom(seed));
  const groups = problem.groups.map((group): DemandGroup => ({ ...group, ...noSpace, movement: 'sticky' }));
  const left = problem.forecast.groups.map(({ periods }) => periods[0]!.expectedContainers);
  const nodes = problem.fleet.holdings.flatMap(({ offerId, nodes: count }) =>
    Array.from({ length: count }, (): StandingNode => {
      const cells = prepare({ ...problem, groups });
      const unit = cells.units.find(({ members }) => members.some(({ offer }) => offer.offerId === offerId));
      const group = draw.whole(0, groups.length - 1);
      const at = cells.groups.find((known) => known.group.groupId === groups[group]!.groupId)!.index;
      const taken = unit === undefined ? 0 : cells.cells[unit.cell]!.slots[at]!;
      const most = taken === 0 ? 0 : Math.min(left[group]!, Math.floor(unit!.slots / taken));
      const containers = draw.whole(0, most);
      left[group]! -= containers;
      return { offerId, running: containers > 0 ? [{ groupId: groups[group]!.groupId, containers }] : [] };
    }),
  );
  return { ...problem, groups, fleet: { ...problem.fleet, nodes } };
};
