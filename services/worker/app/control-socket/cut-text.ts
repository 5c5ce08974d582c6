/**
 * A text of about `mostBytes` bytes of UTF-8 at most: of a longer one its beginning and its end, and between them how much is left out.
 * No character is cut in two.
 */
export const cutText = (text: string, mostBytes: number): string => {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return text;
  const headEnd = startOfCharacter(bytes, Math.floor(mostBytes / 2));
  const tailStart = startOfCharacter(bytes, bytes.length - Math.floor(mostBytes / 2));
  return [
    bytes.toString('utf8', 0, headEnd),
    `[${tailStart - headEnd} of ${bytes.length} bytes are left out here]`,
    bytes.toString('utf8', tailStart),
  ].join('\n');
};

/** Bytes of UTF-8 that begin with the bits 10 go on with a character. */
const startOfCharacter = (bytes: Buffer, at: number): number => {
  let start = at;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
};
