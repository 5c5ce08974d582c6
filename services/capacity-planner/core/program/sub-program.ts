import type { LinearProgram } from '../ports.js';

/** Some of a program's columns, and of its rows those that they stand in: of all others is nothing, which every rule of ours allows. */
export type SubProgram = Readonly<{ program: LinearProgram; columns: Int32Array; rows: Int32Array }>;

/** `columns` ascending: the indices that stay. */
export const subProgram = (program: LinearProgram, columns: Int32Array): SubProgram => {
  const place = new Int32Array(program.rows);
  const starts = new Int32Array(columns.length + 1);
  columns.forEach((column, at) => {
    const [from, until] = [program.starts[column]!, program.starts[column + 1]!];
    starts[at + 1] = starts[at]! + until - from;
    for (let entry = from; entry < until; entry++) place[program.rowIndices[entry]!] = 1;
  });
  const rows = new Int32Array(place.reduce((sum, stays) => sum + stays, 0));
  let next = 0;
  for (let row = 0; row < program.rows; row++) if (place[row] === 1) rows[(place[row] = next++)] = row;
  const rowIndices = new Int32Array(starts[columns.length]!);
  const coefficients = new Float64Array(starts[columns.length]!);
  columns.forEach((column, at) => {
    const [from, until] = [program.starts[column]!, program.starts[column + 1]!];
    coefficients.set(program.coefficients.subarray(from, until), starts[at]);
    for (let entry = from; entry < until; entry++)
      rowIndices[starts[at]! + entry - from] = place[program.rowIndices[entry]!]!;
  });
  return {
    columns,
    rows,
    program: {
      ...{ starts, rowIndices, coefficients },
      columns: columns.length,
      rows: rows.length,
      offset: program.offset,
      cost: Float64Array.from(columns, (column) => program.cost[column]!),
      columnLower: Float64Array.from(columns, (column) => program.columnLower[column]!),
      columnUpper: Float64Array.from(columns, (column) => program.columnUpper[column]!),
      integer: Uint8Array.from(columns, (column) => program.integer[column]!),
      rowLower: Float64Array.from(rows, (row) => program.rowLower[row]!),
      rowUpper: Float64Array.from(rows, (row) => program.rowUpper[row]!),
    },
  };
};

/** What a column would cost beside what its rows are worth: below 0, more of it might save. */
export const reducedCost = (program: LinearProgram, rowDuals: Float64Array, column: number): number => {
  let cost = program.cost[column]!;
  for (let entry = program.starts[column]!; entry < program.starts[column + 1]!; entry++)
    cost -= rowDuals[program.rowIndices[entry]!]! * program.coefficients[entry]!;
  return cost;
};
