import type { SoftRule } from '../model/soft-rule.js';
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
  /** By cell. */
  cellRows: readonly CellRows[];
  /** By unit: columns of nodes that are still held, where room between what stands on them is of no use to all. */
  kept: readonly (readonly number[])[];
  /** By quota and period. */
  quotaRows: readonly Int32Array[];
  spendRows: Int32Array;
  softRows: readonly Readonly<{ rule: SoftRule; row: number; column: number }>[];
  /** By ladder. */
  bufferRows: readonly BufferRows[];
}>;

/** By period: what keeps a ladder's slots idle at all, and so many of them on firm nodes. */
export type BufferRows = Readonly<{ all: Int32Array; firm: Int32Array }>;

/** What holds what stands in a cell within its nodes, by period. */
export type CellRows = Readonly<{
  /** For each of the cell's sizes. */
  capacity: readonly Int32Array[];
  /** -1 where nobody waits for a node. */
  onTime: Int32Array;
  /** For each class of waits: the column of those that wait, and the row that keeps them among those that stand there; -1 for the last. */
  late: readonly Int32Array[];
  within: readonly Int32Array[];
  /**
   * By period: rows that let no more wait of a sticky group than are new, the place of their class among `late` and `within`, and how
   * many slots each takes. Of a group of which nobody is new nobody waits, but in the dearest class, which needs no row.
   */
  newcomers: readonly (readonly Readonly<{ row: number; place: number; taken: number }>[])[];
  /**
   * By period, for each size but the smallest: the row that lets containers of at least that size stand in time only where nodes have
   * such room, the column of those that wait for it, and the row that keeps these among those that stand there.
   */
  large: readonly (readonly LargeRows[])[];
}>;

export type LargeRows = Readonly<{ size: number; row: number; late: number; within: number }>;

export type BuiltProgram = Readonly<{ program: LinearProgram; layout: ProgramLayout }>;
