import { refuse, type Refusal } from '@slipway/kernel';

const MOST_SHOWN = 5;

/** What a program is told of files that a commit had to leave out. */
export const leftOutFiles = (paths: readonly string[]): Refusal => {
  const shown = paths.slice(0, MOST_SHOWN).map((path) => `'${path}'`);
  const more = paths.length > MOST_SHOWN ? ` and ${paths.length - MOST_SHOWN} more` : '';
  return refuse(
    'conflict',
    'volume-block-missing',
    `${shown.join(', ')}${more} could not be committed, all else was: what was not written here of these files is no longer ` +
      'stored, for another writer replaced or removed them more than a day ago. Write them anew.',
  );
};
