import { FOCUS_COLUMNS, type FocusRow } from './focus-columns.js';
import { valueText } from './value-text.js';

const NEEDS_QUOTES = /[",\r\n]/;

/** A field as RFC 4180 has it. A value is never the empty text, so an empty field is null. */
const field = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvHeader = (): string => `${FOCUS_COLUMNS.map(({ name }) => name).join(',')}\r\n`;

export const csvLine = (row: FocusRow): string =>
  `${FOCUS_COLUMNS.map((column) => {
    const value = row[column.name];
    return value === null ? '' : field(valueText(column, value));
  }).join(',')}\r\n`;
