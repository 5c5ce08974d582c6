/** What the public API can list. */
export type ActivityTable = 'apps' | 'functions' | 'calls' | 'tasks' | 'workers' | 'images';

export type Value = string | number | boolean | null;

/**
 * A change of one row: fields to set, and counters to add to. One that sets `created_at` makes the row where it is missing; others
 * change nothing there: what they tell of is forgotten.
 */
export type RowChange = Readonly<{
  table: ActivityTable;
  id: string;
  set?: Readonly<Record<string, Value>>;
  add?: Readonly<Record<string, number>>;
}>;
