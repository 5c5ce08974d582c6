/** What the public API can list. */
export type ActivityTable = 'apps' | 'functions' | 'calls' | 'tasks' | 'workers' | 'images';

export type Value = string | number | boolean | null;

/** A change of one row: fields to set, and counters to add to. The row is made where it is missing. */
export type RowChange = Readonly<{
  table: ActivityTable;
  id: string;
  set?: Readonly<Record<string, Value>>;
  add?: Readonly<Record<string, number>>;
}>;
