import { refuse, type Refusal } from '@slipway/kernel';

const MOST_TAGS = 64;
const MOST_CHARACTERS = 63;
const SHAPE = new RegExp(`^[a-zA-Z0-9._-]{1,${MOST_CHARACTERS}}$`);

/**
 * Undefined where an app may have these tags, by the rules and in the words of the client (its `name_utils.py`, `check_tag_dict`), which
 * says nothing of how many. They stand in each usage fact and each assignment of a container.
 */
export const refuseTags = (tags: Readonly<Record<string, string>>): Refusal | undefined => {
  const entries = Object.entries(tags);
  for (const [key, value] of entries) {
    const wrong = !SHAPE.test(key) ? ['key', key] : !SHAPE.test(value) ? ['value', value] : undefined;
    if (wrong !== undefined)
      return refuse(
        'invalid',
        'tag-invalid',
        `Invalid tag ${wrong[0]}: '${shown(wrong[1]!)}'.\n\nTags may contain only alphanumeric characters, dashes, periods, or underscores, and must be ${MOST_CHARACTERS} characters or less.`,
      );
  }
  return entries.length > MOST_TAGS
    ? refuse(
        'invalid',
        'too-many-tags',
        `The app would have ${entries.length} tags, but may have at most ${MOST_TAGS}.`,
      )
    : undefined;
};

const shown = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
