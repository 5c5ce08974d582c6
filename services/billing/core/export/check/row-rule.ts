import type { Cells } from './finding.js';

/** A rule about several columns: the column that it is about, and what is wrong with a row; undefined: nothing. */
export type RowRule = Readonly<{ rule: string; column: string; wrong: (row: Cells) => string | undefined }>;
