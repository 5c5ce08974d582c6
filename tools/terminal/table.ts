import { stripVTControlCharacters } from 'node:util';

/** Rows under a head, each column as wide as its widest cell. */
export const renderTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const widthOf = (cell: string): number => stripVTControlCharacters(cell).length;
