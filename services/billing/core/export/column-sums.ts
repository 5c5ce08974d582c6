import { decimalText } from '../money/micro-usd.js';
import { COLUMN_PLACES, FOCUS_COLUMNS, type FocusColumn, type FocusRow } from './focus-columns.js';

type SummedColumn = {
  [Name in keyof FocusRow]: bigint extends FocusRow[Name] ? Name : never;
}[keyof FocusRow];

const isSummed = (column: FocusColumn): column is FocusColumn & { kind: 'cost' | 'quantity' } =>
  column.kind === 'cost' || column.kind === 'quantity';

const SUMMED = (FOCUS_COLUMNS as readonly FocusColumn[]).filter(isSummed);

/** The exact sum of each column of costs and quantities: what a reader compares with after loading. */
export class ColumnSums {
  private readonly sums = SUMMED.map(() => 0n);

  add(row: FocusRow): void {
    SUMMED.forEach(({ name }, index) => {
      const value = row[name as SummedColumn];
      if (value !== null) this.sums[index] = (this.sums[index] ?? 0n) + value;
    });
  }

  /** As decimal texts, by the names of columns. */
  texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      SUMMED.map(({ name, kind }, index) => [name, decimalText(this.sums[index] ?? 0n, COLUMN_PLACES[kind])]),
    );
  }
}
