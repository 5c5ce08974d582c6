import type { PlannerPorts } from '../ports.js';

/** Milliseconds since the work on an answer was begun: programs are built and read in it, beside being solved. */
export type Elapsed = () => number;

export type ExplainPorts = PlannerPorts & Readonly<{ elapsedMs: Elapsed }>;

/** Since the work was begun: until then the next part of the answer is begun, or it is left out and counted as such. */
export const ANSWER_PARTS_BEGIN_WITHIN_MS = {
  /** A program that takes longer is not solved again for prices that need it. */
  solvingAgain: 20_000,
  gpuPrices: 40_000,
  weighing: 70_000,
} as const;
