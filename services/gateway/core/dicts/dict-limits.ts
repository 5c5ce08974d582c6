import { refuse, type Refusal } from '@slipway/kernel';

const MOST_ENTRIES = 10_000;
const MOST_BYTES = 100 * 1024 * 1024;

/** How long an entry is kept that nobody reads or writes. */
export const DICT_ENTRY_LIFE_MS = 7 * 24 * 3_600_000;

/** The largest length that a dict tells; counting goes no further. */
export const MOST_COUNTED = 100_000;

/** Uses are told apart by the hour, so that reading writes at most once in one. */
export const USE_STEP_MS = 3_600_000;

export const useMark = (at: number): number => at - (at % USE_STEP_MS);

export type EntrySize = Readonly<{ keyBytes: number; valueBytes: number }>;

/** Undefined where one update may write these entries; clients know a size refusal by `status = '413'`. */
export const refuseDictUpdate = (entries: readonly EntrySize[]): Refusal | undefined => {
  if (entries.length > MOST_ENTRIES)
    return refuse(
      'invalid',
      'update-too-large',
      `An update of ${entries.length} entries is too large (status = '413'): write at most ${MOST_ENTRIES} at once.`,
    );
  const bytes = entries.reduce((sum, entry) => sum + entry.keyBytes + entry.valueBytes, 0);
  return bytes > MOST_BYTES
    ? refuse(
        'invalid',
        'update-too-large',
        `An update of ${bytes} bytes is too large (status = '413'): write at most ${MOST_BYTES} bytes at once.`,
      )
    : undefined;
};
