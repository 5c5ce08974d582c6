/** A path against a folder, with `.` and `..` resolved. A slash at the end stays: it says that a folder is meant. */
export const absolutePath = (folder: string, path: string): string => {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const absolute = `/${parts.join('/')}`;
  return /(^|\/)\.?$/.test(path) && absolute !== '/' ? `${absolute}/` : absolute;
};
