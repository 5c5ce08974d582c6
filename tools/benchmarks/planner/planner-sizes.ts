import {
  buildProgram,
  prepare,
  type BuiltProgram,
  type PlanningProblem,
  type Prepared,
  type PrepareOptions,
} from '@slipway/capacity-planner-core';
import type { ProblemSize } from '@slipway/capacity-planner-core/testing/random-problem';

const MINUTE_MS = 60_000;

/** Which counts are whole: all, those of the first period, or none. */
export type PlannerMode = 'all-integer' | 'first-period' | 'relaxed';

export type PlannerSize = Readonly<{
  problem: ProblemSize;
  integrality: readonly Readonly<{ metric: string; mode: PlannerMode }>[];
  /** Planning is stopped after so long, to see what plan is there. */
  stoppedAfterMs: readonly number[];
}>;

export const plannerSizes: Readonly<Record<'small' | 'medium' | 'large', PlannerSize>> = {
  small: {
    problem: {
      vendors: 4,
      offers: 60,
      groups: 17,
      periodsMs: [15, 15, 30].map((minutes) => minutes * MINUTE_MS),
      gpus: 120,
      home: 'one-vendor',
    },
    integrality: [{ metric: 'small', mode: 'all-integer' }],
    stoppedAfterMs: [250],
  },
  medium: {
    problem: {
      vendors: 10,
      offers: 800,
      groups: 69,
      periodsMs: [15, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS),
      gpus: 1800,
      home: 'one-vendor',
    },
    integrality: [
      { metric: 'medium', mode: 'first-period' },
      { metric: 'medium_all_integer', mode: 'all-integer' },
    ],
    stoppedAfterMs: [2_000, 5_000],
  },
  large: {
    problem: {
      vendors: 14,
      offers: 5000,
      groups: 169,
      // Short periods first, then two hours each: two days, as the planner looks ahead.
      periodsMs: [15, 15, 30, 60, ...Array.from({ length: 20 }, () => 120)].map(
        (minutes) => minutes * MINUTE_MS,
      ),
      gpus: 15_000,
      home: 'one-vendor',
    },
    integrality: [{ metric: 'large', mode: 'first-period' }],
    stoppedAfterMs: [30_000],
  },
};

/** A problem as it is asked of the solver. */
export type Planned = Readonly<{ prepared: Prepared; built: BuiltProgram }>;

export const plannedAs = (
  problem: PlanningProblem,
  mode: PlannerMode,
  presolve: PrepareOptions['presolve'] = 'on',
): Planned => {
  const prepared = prepare(problem, { presolve });
  const periods = { 'all-integer': prepared.periods.length, 'first-period': 1, relaxed: 0 }[mode];
  return { prepared, built: buildProgram(prepared, { periods, flows: 'continuous' }) };
};

/** What a plan holds by offer, as the next one is told: of equal offers the first as many as it may. */
export const nodesByOffer = (
  { prepared, built }: Planned,
  values: Float64Array,
): NonNullable<PlanningProblem['before']> =>
  prepared.units.flatMap(({ index, members }) => {
    const left = Array.from(built.layout.nodes[index]!, (column) => values[column]!);
    return members.map(({ offer, cap }) => ({
      offerId: offer.offerId,
      nodes: left.map((count, period) => {
        const own = Math.min(count, cap);
        left[period] = count - own;
        return own;
      }),
    }));
  });
