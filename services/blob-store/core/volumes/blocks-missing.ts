import type { Digest } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

/** Keeps the refusal within a message of the bus; who puts these and commits again hears of the others. */
const MOST_NAMED = 10_000;
const MOST_SHOWN = 3;

/** Why a commit that names blocks which the store does not have is not made: its `subjects` are their digests. */
export const blocksMissing = (digests: readonly Digest[]): Refusal => {
  const shown = digests.slice(0, MOST_SHOWN).join(', ');
  const more = digests.length > MOST_SHOWN ? ` and ${digests.length - MOST_SHOWN} more` : '';
  return {
    ...refuse(
      'conflict',
      'volume-block-missing',
      `These blocks are not in the store: ${shown}${more}. Put them, and commit again.`,
    ),
    subjects: digests.slice(0, MOST_NAMED),
  };
};
