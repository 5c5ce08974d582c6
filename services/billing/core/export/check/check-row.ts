import { FOCUS_COLUMNS } from '../focus-columns.js';
import { checkCell } from './check-cell.js';
import type { Cells, Finding } from './finding.js';
import { ROW_RULES } from './row-rules.js';

/** Which rules of FOCUS a row breaks. Rules about several columns count where each of them is well-formed by itself. */
export const checkRow = (row: number, cells: Cells): readonly Finding[] => {
  const found: Finding[] = [];
  for (const column of FOCUS_COLUMNS) {
    const cell = cells[column.name];
    if (cell === undefined) continue;
    const broken = checkCell(column, cell);
    if (broken !== undefined) found.push({ row, column: column.name, ...broken });
  }
  if (found.length > 0) return found;
  for (const { rule, column, wrong } of ROW_RULES) {
    const message = wrong(cells);
    if (message !== undefined) found.push({ row, column, rule, message });
  }
  return found;
};
