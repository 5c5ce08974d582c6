import type { LinearProgram } from '../ports.js';

/** The program with some of its columns, all of its rows. `columns` ascending: the indices that stay. */
export const subProgram = (program: LinearProgram, columns: Int32Array): LinearProgram => {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach((column, at) => {
    starts[at + 1] = starts[at]! + program.starts[column + 1]! - program.starts[column]!;
  });
  const rowIndices = new Int32Array(starts[columns.length]!);
  const coefficients = new Float64Array(starts[columns.length]!);
  columns.forEach((column, at) => {
    const [from, until] = [program.starts[column]!, program.starts[column + 1]!];
    rowIndices.set(program.rowIndices.subarray(from, until), starts[at]);
    coefficients.set(program.coefficients.subarray(from, until), starts[at]);
  });
  const { rows, offset, rowLower, rowUpper } = program;
  return {
    ...{ rows, offset, rowLower, rowUpper, starts, rowIndices, coefficients },
    columns: columns.length,
    cost: Float64Array.from(columns, (column) => program.cost[column]!),
    columnLower: Float64Array.from(columns, (column) => program.columnLower[column]!),
    columnUpper: Float64Array.from(columns, (column) => program.columnUpper[column]!),
    integer: Uint8Array.from(columns, (column) => program.integer[column]!),
  };
};

/** What a column would cost beside what its rows are worth: below 0, more of it might save. */
export const reducedCost = (program: LinearProgram, rowDuals: Float64Array, column: number): number => {
  let cost = program.cost[column]!;
  for (let entry = program.starts[column]!; entry < program.starts[column + 1]!; entry++)
    cost -= rowDuals[program.rowIndices[entry]!]! * program.coefficients[entry]!;
  return cost;
};
