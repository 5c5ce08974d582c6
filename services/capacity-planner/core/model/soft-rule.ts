import type { Slack, SlackName } from '../plan/plan.js';

/**
 * A rule that may be broken at a price: Σ terms ≤ limit + amount. The program prices the amount in a column, the evaluator
 * computes it from the plan's counts.
 */
export type SoftRule = Readonly<{
  name: SlackName;
  subject: string;
  periodIndex: number;
  unit: Slack['unit'];
  limit: number;
  /** Of the amount, what no plan can do without: it is told and costs nothing, so that a bound of the cost means something. */
  unavoidable?: number;
  /** What one unit above the limit costs in this period, an integer. */
  microUsdPerUnit: number;
  terms: readonly Readonly<{ unit: number; of: 'nodes' | 'starts' | 'stops'; coefficient: number }>[];
}>;
