import type { FocusRow } from '@slipway/billing-core';

/** Writes rows into one file, some at a time: whoever awaits each write keeps little in memory. */
export type RowSink = Readonly<{
  write(rows: readonly FocusRow[]): Promise<void>;
  /** What belongs after the last row. */
  end(): Promise<void>;
}>;

export type WriteBytes = (bytes: Uint8Array) => Promise<void>;
