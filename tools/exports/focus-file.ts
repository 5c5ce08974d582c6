import type { Cells } from '@slipway/billing-core';

/** A file of FOCUS as it is read: the names of its columns, and its rows one after the other. */
export type FocusFile = Readonly<{ columns: readonly string[]; rows: AsyncIterable<Cells> }>;
