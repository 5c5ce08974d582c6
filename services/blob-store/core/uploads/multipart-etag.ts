import type { Hashing } from '../ports.js';
import type { CompletedPart } from './parse-completion.js';

/** S3's ETag of a multipart upload: the md5 of the parts' md5s in their order, and how many they are. */
export const multipartEtag = (
  parts: readonly CompletedPart[],
  { md5OfHex }: Pick<Hashing, 'md5OfHex'>,
): string => {
  const ordered = parts.toSorted((a, b) => a.partNumber - b.partNumber);
  return `${md5OfHex(ordered.map(({ md5Hex }) => md5Hex).join(''))}-${parts.length}`;
};
