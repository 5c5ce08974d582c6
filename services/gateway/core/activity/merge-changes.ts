import type { RowChange } from './activity-row.js';

/** The same effect in one change a row: a map's thousands of outputs become one update of its call. */
export const mergeChanges = (changes: readonly RowChange[]): readonly RowChange[] => {
  const merged = new Map<string, RowChange>();
  for (const change of changes) {
    const key = `${change.table}/${change.id}`;
    const before = merged.get(key);
    const add: Record<string, number> = { ...before?.add };
    for (const [counter, by] of Object.entries(change.add ?? {})) add[counter] = (add[counter] ?? 0) + by;
    merged.set(key, { table: change.table, id: change.id, set: { ...before?.set, ...change.set }, add });
  }
  return [...merged.values()];
};
