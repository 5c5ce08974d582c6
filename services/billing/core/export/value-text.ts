import { decimalText } from '../money/micro-usd.js';
import { COLUMN_PLACES, type FocusColumn, type FocusValue } from './focus-columns.js';

/** A value as FOCUS writes it: decimals exactly, without zeros that say nothing; moments in UTC, to the second. */
export const valueText = ({ kind }: FocusColumn, value: NonNullable<FocusValue>): string => {
  switch (kind) {
    case 'cost':
    case 'quantity':
    case 'price':
      return decimalText(value as bigint, COLUMN_PLACES[kind]).replace(/\.?0+$/, '');
    case 'moment':
      return momentText(value as number);
    case 'text':
    case 'json':
      return value as string;
    default:
      return kind satisfies never;
  }
};

// A file has few moments and millions of cells with them.
let lastMoment = -1;
let lastText = '';

const momentText = (at: number): string => {
  if (at !== lastMoment) {
    lastText = `${new Date(at).toISOString().slice(0, 19)}Z`;
    lastMoment = at;
  }
  return lastText;
};
