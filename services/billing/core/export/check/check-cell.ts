import type { FocusColumn } from '../focus-columns.js';
import { exactDecimal } from './exact-decimal.js';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

type Broken = Readonly<{ rule: string; message: string }>;

/** Which rule a cell breaks by itself, if any. */
export const checkCell = ({ kind, nulls, values }: FocusColumn, cell: string | null): Broken | undefined => {
  if (cell === null) return nulls ? undefined : { rule: 'null', message: 'is null, but must have a value' };
  if (cell.trim() === '')
    return { rule: 'empty-text', message: `is '${cell}', but what has no value must be null` };
  if (values !== undefined && !values.includes(cell))
    return { rule: 'allowed-values', message: `is '${cell}', but must be one of ${values.join(', ')}` };
  switch (kind) {
    case 'cost':
    case 'quantity':
    case 'price':
      return exactDecimal(cell) === undefined
        ? { rule: 'numeric-format', message: `is '${cell}', but must be a number such as -12.5 or 1E3` }
        : undefined;
    case 'moment':
      return MOMENT.test(cell) && !Number.isNaN(Date.parse(cell))
        ? undefined
        : { rule: 'date-time-format', message: `is '${cell}', but must be UTC such as 2026-11-01T00:00:00Z` };
    case 'json':
      return isKeyValue(cell)
        ? undefined
        : { rule: 'key-value-format', message: `is '${cell}', but must be a JSON object of plain values` };
    case 'text':
      return undefined;
    default:
      return kind satisfies never;
  }
};

const isKeyValue = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((field) => typeof field !== 'object' || field === null)
    );
  } catch {
    return false;
  }
};
