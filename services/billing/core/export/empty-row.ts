import { FOCUS_COLUMNS, type FocusRow } from './focus-columns.js';

/** A row of which nothing is said yet but what all rows have in common. */
export const emptyRow: FocusRow = {
  ...(Object.fromEntries(FOCUS_COLUMNS.map(({ name }) => [name, null])) as unknown as FocusRow),
  BillingAccountType: 'Workspace',
  BillingCurrency: 'USD',
};
