import {
  clairvoyantBoundMicroUsd,
  defaultPolicy,
  periodOfTrace,
  readTrace,
  type Solver,
  type TraceRow,
} from '@slipway/capacity-planner-core';
import { isRefusal, type Instant, type Refusal } from '@slipway/kernel';

/** Of offers that nobody tried. */
const UNTRIED_NODES = 16;
/** A program with more offers in all its steps than these has steps of an hour. */
const MOST_OFFER_STEPS = 100_000;
const HOUR_MS = 3_600_000;
const FINE_STEP_MS = HOUR_MS / 4;

/** What hosts cost in a recorded period, what was wanted of it and what waited, and the least that it could have cost. */
export type BoundedPast = Readonly<{
  costMicroUsd: number;
  wantedGpuMs?: number;
  waitedGpuMs?: number;
  boundMicroUsd: number;
  notes: readonly string[];
}>;

/** What a recorded period cost, beside what somebody would have paid who had known it; a refusal where nothing could be bought. */
export const boundPast = async (
  rows: readonly TraceRow[],
  readAt: Instant,
  solver: Solver,
): Promise<BoundedPast | Refusal> => {
  const { trace, faults } = readTrace('recorded', rows.map((row) => JSON.stringify(row)).join('\n'), readAt);
  if (trace.demand.length === 0) return { ...paidIn(rows), boundMicroUsd: 0, notes: ['nothing was wanted'] };
  const { from = 0, until = 0 } = trace.span;
  const isLarge = (trace.offers.length * (until - from)) / FINE_STEP_MS > MOST_OFFER_STEPS;
  const made = periodOfTrace({
    trace: { ...trace, span: { ...trace.span, stepMs: isLarge ? HOUR_MS : FINE_STEP_MS } },
    ...{ name: 'the period just past', supply: UNTRIED_NODES, seed: 1, prices: defaultPolicy },
  });
  if (isRefusal(made)) return made;
  return {
    ...paidIn(rows),
    boundMicroUsd: await clairvoyantBoundMicroUsd(made.period, solver),
    notes: [
      ...made.notes,
      ...(faults.length === 0 ? [] : [`${faults.length} mistakes in what was recorded`]),
    ],
  };
};

const paidIn = (
  rows: readonly TraceRow[],
): Pick<BoundedPast, 'costMicroUsd' | 'wantedGpuMs' | 'waitedGpuMs'> => {
  const happened = rows.find(({ type }) => type === 'happened');
  const wantedGpuMs = happened?.['wanted_gpu_ms'];
  return {
    costMicroUsd: Number(happened?.['cost_micro_usd'] ?? 0),
    ...(wantedGpuMs === undefined
      ? {}
      : { wantedGpuMs: Number(wantedGpuMs), waitedGpuMs: Number(happened?.['waited_gpu_ms']) }),
  };
};
