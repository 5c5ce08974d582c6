import type { SoftRule } from '../model/soft-rules.js';
import type { LinearProgram } from '../ports.js';

/** Which column and which row means what; `-1` where there is none. First index as named, second the period. */
export type ProgramLayout = Readonly<{
  nodes: readonly Int32Array[];
  starts: readonly Int32Array[];
  /** Containers served, by pair. */
  served: readonly Int32Array[];
  short: readonly Int32Array[];
  floorShort: readonly Int32Array[];
  /** By group and period: Σ served + short = wanted. */
  demandRows: readonly Int32Array[];
  /** By quota and period. */
  quotaRows: readonly Int32Array[];
  spendRows: Int32Array;
  softRows: readonly Readonly<{ rule: SoftRule; row: number; column: number }>[];
  /** By ladder and period. */
  bufferRows: readonly Int32Array[];
}>;

export type BuiltProgram = Readonly<{ program: LinearProgram; layout: ProgramLayout }>;
