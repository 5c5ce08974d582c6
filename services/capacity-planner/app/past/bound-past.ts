import {
  clairvoyantBoundMicroUsd,
  defaultPolicy,
  periodOfTrace,
  readTrace,
  type Solver,
  type TraceRow,
} from '@slipway/capacity-planner-core';
import { isRefusal, RefusedError, type Instant } from '@slipway/kernel';

/** Of offers that nobody tried. */
const UNTRIED_NODES = 16;
/** A program with more offers in all its steps than these has steps of an hour. */
const MOST_OFFER_STEPS = 100_000;
const HOUR_MS = 3_600_000;
const FINE_STEP_MS = HOUR_MS / 4;

export type PastBound = Readonly<{ boundMicroUsd: number; notes: readonly string[] }>;

/** What somebody would have paid for a recorded period who had known it beforehand. Throws a refusal where there is nothing to pay for. */
export const boundPast = async (
  rows: readonly TraceRow[],
  readAt: Instant,
  solver: Solver,
): Promise<PastBound> => {
  const { trace, faults } = readTrace('recorded', rows.map((row) => JSON.stringify(row)).join('\n'), readAt);
  if (trace.demand.length === 0) return { boundMicroUsd: 0, notes: ['nothing was wanted'] };
  const { from = 0, until = 0 } = trace.span;
  const isLarge = (trace.offers.length * (until - from)) / FINE_STEP_MS > MOST_OFFER_STEPS;
  const made = periodOfTrace({
    trace: { ...trace, span: { ...trace.span, stepMs: isLarge ? HOUR_MS : FINE_STEP_MS } },
    ...{ name: 'the period just past', supply: UNTRIED_NODES, seed: 1, prices: defaultPolicy },
  });
  if (isRefusal(made)) throw new RefusedError(made);
  return {
    boundMicroUsd: await clairvoyantBoundMicroUsd(made.period, solver),
    notes: [
      ...made.notes,
      ...(faults.length === 0 ? [] : [`${faults.length} mistakes in what was recorded`]),
    ],
  };
};
