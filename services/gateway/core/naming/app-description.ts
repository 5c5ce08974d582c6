const MOST_CHARACTERS = 256;

/**
 * What is kept of an app's description. That of one without a name is the command line that ran it, of any length; it stands in
 * each usage fact and each assignment of a container.
 */
export const appDescription = (text: string): string => {
  const start = [...text.slice(0, 2 * MOST_CHARACTERS + 2)];
  return start.length > MOST_CHARACTERS ? `${start.slice(0, MOST_CHARACTERS - 1).join('')}…` : text;
};
