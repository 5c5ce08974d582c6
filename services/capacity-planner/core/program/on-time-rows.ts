import type { Cell } from '../model/prepared.js';
import type { Kept } from './add-kept.js';
import type { LargeRows } from './program-layout.js';

/** The rows of a cell in which nobody waits, by period. */
export const emptyOnTime = (periods: number) => ({
  onTime: new Int32Array(periods).fill(-1),
  late: Array.from({ length: periods }, () => new Int32Array()),
  within: Array.from({ length: periods }, () => new Int32Array()),
  newcomers: Array.from({ length: periods }, (): { row: number; place: number; taken: number }[] => []),
  large: Array.from({ length: periods }, (): readonly LargeRows[] => []),
});

/** A cell in a period, and who may stand in it. */
export type Waiting = Readonly<{
  cell: Cell;
  period: number;
  pairs: readonly number[];
  /** By unit: the column of nodes that serve from the start, where some are still on their way. */
  there: ReadonlyMap<number, number>;
  rows: ReturnType<typeof emptyOnTime>;
  kept: readonly Kept[];
}>;
