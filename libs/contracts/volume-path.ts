import { refuse, type Refusal } from '@slipway/kernel';

/** What Linux allows, in bytes. */
const MOST_PATH_BYTES = 4095;
/** Of an entry that is new: the indexes of the blob-store hold a path and its folder, which together must fit into 2,704 bytes. */
export const MOST_NEW_PATH_BYTES = 1024;
const MOST_NAME_BYTES = 255;

export const utf8Bytes = (text: string): number => {
  let bytes = 0;
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const badPath = (path: string, why: string): Refusal =>
  refuse('invalid', 'volume-path-invalid', `'${path}' is no path in a volume: ${why}.`);

/** A path as people write it (`/a//b/`, `./a/b`), from the root, without a slash in front; '' is the root. */
export const readVolumePath = (text: string): string | Refusal => {
  const names = text.split('/').filter((name) => name !== '' && name !== '.');
  const path = names.join('/');
  if (names.includes('..')) return badPath(text, "it must not contain '..'");
  if (text.includes('\0')) return badPath(text.replaceAll('\0', '\\0'), 'it must not contain a zero byte');
  const long = names.find((name) => utf8Bytes(name) > MOST_NAME_BYTES);
  if (long !== undefined)
    return badPath(
      text,
      `each name in it may have ${MOST_NAME_BYTES} bytes, '${long}' has ${utf8Bytes(long)}`,
    );
  return utf8Bytes(path) <= MOST_PATH_BYTES
    ? path
    : badPath(text, `it may have ${MOST_PATH_BYTES} bytes, and has ${utf8Bytes(path)}`);
};

/** Undefined where a new entry may have this path. */
export const refuseNewPath = (path: string): Refusal | undefined => {
  const bytes = utf8Bytes(path);
  return bytes <= MOST_NEW_PATH_BYTES
    ? undefined
    : badPath(
        path,
        `what is new in a volume may have ${MOST_NEW_PATH_BYTES} bytes in its path, and it has ${bytes}`,
      );
};
