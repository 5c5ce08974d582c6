/** One row of a catalogue as it was written: texts by field, and where it stands. */
export type Row = Readonly<{
  file: string;
  line: number;
  fields: Readonly<Record<string, string>>;
}>;

/** What is wrong with one row, which is left out (or with one price of it): where, what stands there, what would be right. */
export type RowFault = Readonly<{
  file: string;
  line: number;
  field: string;
  value: string;
  expected: string;
}>;

export const faultText = ({ file, line, field, value, expected }: RowFault): string =>
  `${file}:${line}: ${field} is '${value}'; it must be ${expected}`;

export const faultOf = (row: Row, field: string, expected: string): RowFault => ({
  file: row.file,
  line: row.line,
  field,
  value: row.fields[field] ?? '',
  expected,
});
