import { createHash } from 'node:crypto';
import type { PlanningProblem } from '@slipway/capacity-planner-core';

/** sha256 of all that a plan depends on, hexadecimal. */
export const hashInputs = (problem: PlanningProblem): string =>
  createHash('sha256').update(JSON.stringify(problem)).digest('hex');
