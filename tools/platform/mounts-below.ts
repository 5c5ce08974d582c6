/** The mount points below `folder` in the text of /proc/self/mounts, the deepest first. */
export const mountsBelow = (folder: string, mounts: string): string[] =>
  mounts
    .split('\n')
    .map((line) => unescapePath(line.split(' ')[1] ?? ''))
    .filter((path) => path.startsWith(`${folder}/`))
    .toReversed()
    .toSorted((a, b) => b.split('/').length - a.split('/').length);

// The kernel writes spaces, tabs, newlines and backslashes as three octal digits.
const unescapePath = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
