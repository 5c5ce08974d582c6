/** What breaks a rule of FOCUS: rows are counted from 1, and 0 is the header. */
export type Finding = Readonly<{ row: number; column: string; rule: string; message: string }>;

/** The cells of a row by their columns' names; null is no value, and a column that the file has not is undefined. */
export type Cells = Readonly<Record<string, string | null | undefined>>;
