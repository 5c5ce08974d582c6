import type { LinearProgram } from '../ports.js';

export type Column = Readonly<{ cost?: number; lower?: number; upper?: number; integer?: boolean }>;

/** Gathers columns and rows in any order and hands them over column by column, as solvers take them. */
export class ProgramBuilder {
  private readonly cost: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly integer: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly entryRows: number[] = [];
  private readonly entryColumns: number[] = [];
  private readonly entryValues: number[] = [];
  private offset = 0;

  addColumn({ cost = 0, lower = 0, upper = Infinity, integer = false }: Column): number {
    this.cost.push(cost);
    this.lower.push(lower);
    this.upper.push(upper);
    this.integer.push(integer ? 1 : 0);
    return this.cost.length - 1;
  }

  addCost(column: number, cost: number): void {
    this.cost[column]! += cost;
  }

  addOffset(cost: number): void {
    this.offset += cost;
  }

  /** A row over the columns that are put into it by `put`. */
  addRow(lower: number, upper: number): number {
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowLower.length - 1;
  }

  put(row: number, column: number, value: number): void {
    if (value === 0) return;
    this.entryRows.push(row);
    this.entryColumns.push(column);
    this.entryValues.push(value);
  }

  build(): LinearProgram {
    const columns = this.cost.length;
    const starts = new Int32Array(columns + 1);
    for (const column of this.entryColumns) starts[column + 1]! += 1;
    for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!;
    const next = starts.slice(0, columns);
    const rowIndices = new Int32Array(this.entryRows.length);
    const coefficients = new Float64Array(this.entryRows.length);
    for (let entry = 0; entry < this.entryRows.length; entry++) {
      const at = next[this.entryColumns[entry]!]!++;
      rowIndices[at] = this.entryRows[entry]!;
      coefficients[at] = this.entryValues[entry]!;
    }
    return {
      columns,
      rows: this.rowLower.length,
      offset: this.offset,
      cost: Float64Array.from(this.cost),
      columnLower: Float64Array.from(this.lower),
      columnUpper: Float64Array.from(this.upper),
      integer: Uint8Array.from(this.integer),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      starts,
      rowIndices,
      coefficients,
    };
  }
}
