import { REQUIRED_FIELDS, KNOWN_FIELDS } from './row-fields.js';
import { faultOf, type Row, type RowFault } from './row.js';

export type RowsRead = Readonly<{ rows: readonly Row[]; faults: readonly RowFault[] }>;

/**
 * Reads comma-separated rows with a header line; lines that begin with `#` are comments, a value with commas stands in double
 * quotes. A line with too few or too many values is named and left out.
 */
export const readCsv = (file: string, text: string): RowsRead => {
  const lines = text
    .split(/\r?\n/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.startsWith('#'));
  const [head, ...body] = lines;
  if (head === undefined) return { rows: [], faults: [] };
  const names = cells(head.content).map((name) => name.trim());
  const faults = headFaults({ file, line: head.line, fields: {} }, names);
  if (faults.length > 0) return { rows: [], faults };
  const rows: Row[] = [];
  for (const { content, line } of body) {
    const values = cells(content);
    if (values.length === names.length)
      rows.push({
        file,
        line,
        fields: Object.fromEntries(names.map((name, column) => [name, (values[column] ?? '').trim()])),
      });
    else
      faults.push({
        file,
        line,
        field: 'row',
        value: content.slice(0, 80),
        expected: `${names.length} values, as the header names; it has ${values.length}`,
      });
  }
  return { rows, faults };
};

const headFaults = (head: Row, names: readonly string[]): RowFault[] => [
  ...REQUIRED_FIELDS.filter((name) => !names.includes(name)).map((name) =>
    faultOf(head, name, 'a column of the header'),
  ),
  ...names
    .filter((name) => !KNOWN_FIELDS.includes(name))
    .map((name) => ({
      ...faultOf(head, 'header', `one of ${KNOWN_FIELDS.join(', ')}`),
      value: name,
    })),
];

const cells = (line: string): string[] => {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === '"' && quoted && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === ',' && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...found, cell];
};
