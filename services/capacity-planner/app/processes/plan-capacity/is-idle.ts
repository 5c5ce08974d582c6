import { isPinned, type PlanningProblem } from '@slipway/capacity-planner-core';

/** Nobody wants anything, nothing is held, and no operator wants nodes to be there all the same. */
export const isIdle = ({
  at,
  groups,
  fleet,
  policy: { pins = [] },
}: Pick<PlanningProblem, 'at' | 'groups' | 'fleet' | 'policy'>): boolean =>
  groups.length === 0 &&
  fleet.holdings.length === 0 &&
  !pins.some(({ least = 0, ...pin }) => least > 0 && isPinned(pin, at));
