import { isPinned, type PlanningProblem } from '@slipway/capacity-planner-core';

type Idle = Pick<PlanningProblem, 'at' | 'groups' | 'fleet' | 'policy' | 'before'>;

/**
 * Nobody wants anything, nothing is held, no operator wants nodes to be there all the same, and the plan in force asks for none: one
 * that still does was made for what is over, and would go on being carried out.
 */
export const isIdle = ({ at, groups, fleet, policy: { pins = [] }, before = [] }: Idle): boolean =>
  groups.length === 0 &&
  fleet.holdings.length === 0 &&
  !pins.some(({ least = 0, ...pin }) => least > 0 && isPinned(pin, at)) &&
  !before.some(({ nodes: [first = 0] }) => first > 0);
