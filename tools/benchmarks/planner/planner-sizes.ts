import {
  buildProgram,
  prepare,
  type BuiltProgram,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import type { ProblemSize } from '@slipway/capacity-planner-core/testing/random-problem';

const MINUTE_MS = 60_000;

export type PlannerMode = 'all-integer' | 'first-period';

export type PlannerSize = Readonly<{
  problem: ProblemSize;
  integrality: readonly Readonly<{ metric: string; mode: PlannerMode }>[];
}>;

export const plannerSizes: Readonly<Record<'small' | 'medium' | 'large', PlannerSize>> = {
  small: {
    problem: {
      vendors: 4,
      offers: 60,
      groups: 17,
      periodsMs: [15, 15, 30].map((minutes) => minutes * MINUTE_MS),
      gpus: 120,
    },
    integrality: [{ metric: 'small', mode: 'all-integer' }],
  },
  medium: {
    problem: {
      vendors: 10,
      offers: 800,
      groups: 69,
      periodsMs: [15, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS),
      gpus: 1800,
    },
    integrality: [
      { metric: 'medium', mode: 'first-period' },
      { metric: 'medium_all_integer', mode: 'all-integer' },
    ],
  },
  large: {
    problem: {
      vendors: 14,
      offers: 5000,
      groups: 169,
      periodsMs: Array.from({ length: 24 }, () => 60 * MINUTE_MS),
      gpus: 15_000,
    },
    integrality: [{ metric: 'large', mode: 'first-period' }],
  },
};

export const programOf = (
  problem: PlanningProblem,
  mode: PlannerMode,
  presolve: 'on' | 'off' = 'on',
): BuiltProgram => {
  const prepared = prepare(problem, { presolve });
  return buildProgram(prepared, {
    periods: mode === 'all-integer' ? prepared.periods.length : 1,
    flows: 'continuous',
  });
};
