import { createHash, randomBytes } from 'node:crypto';

/** Two letters tell clients what an id stands for; a wrong prefix is refused by the client itself. */
export const OBJECT_ID_PREFIXES = {
  ac: 'workspace',
  ap: 'app',
  bl: 'blob',
  cs: 'class',
  cu: 'cluster',
  de: 'definition',
  di: 'dict',
  dp: 'deployment',
  en: 'environment',
  fc: 'function call',
  fu: 'function',
  im: 'image',
  in: 'input',
  mo: 'mount',
  pr: 'proxy',
  qu: 'queue',
  sb: 'sandbox',
  sn: 'snapshot',
  st: 'secret',
  sv: 'shared volume',
  ta: 'task',
  us: 'user',
  vo: 'volume',
  wk: 'proxy token',
} as const;

export type ObjectIdPrefix = keyof typeof OBJECT_ID_PREFIXES;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Clients take a text for the id of an app only when it has exactly 22 characters; any other id may be longer. */
const lengthOf = (prefix: ObjectIdPrefix): number => (prefix === 'ap' ? 22 : 26);
const BITS_PER_CHARACTER = 5;
const SHAPE = new RegExp(`^([a-z]{2})-[${CROCKFORD}]{22,26}$`);

/** The first bits of the bytes in Crockford's base 32. */
const spell = (bytes: Uint8Array, length: number): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= BITS_PER_CHARACTER && text.length < length) {
      bits -= BITS_PER_CHARACTER;
      text += CROCKFORD[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
};

/** The Go client takes a text for the id of a sandbox only when it is a ULID: 128 bits, the first character 7 at most. */
const idOf = (prefix: ObjectIdPrefix, bytes: Uint8Array): string => {
  const text = spell(bytes, lengthOf(prefix));
  return prefix === 'sb'
    ? `sb-${CROCKFORD.indexOf(text.charAt(0)) & 7}${text.slice(1)}`
    : `${prefix}-${text}`;
};

/** A new id that nobody can guess: `ta-` and 26 characters, 130 random bits; 128 for a sandbox, 110 for an app. */
export const randomId = (prefix: ObjectIdPrefix): string => idOf(prefix, randomBytes(17));

/** The same parts give the same id, for ever and everywhere; ('a', 'bc') and ('ab', 'c') give two. */
export const deterministicId = (
  prefix: ObjectIdPrefix,
  ...parts: readonly (string | Uint8Array)[]
): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return idOf(prefix, hash.digest());
};

/** The prefix of an id that is spelled as ours are; undefined for anything else. */
export const objectIdPrefix = (text: string): ObjectIdPrefix | undefined => {
  const prefix = SHAPE.exec(text)?.[1];
  return prefix !== undefined && Object.hasOwn(OBJECT_ID_PREFIXES, prefix)
    ? (prefix as ObjectIdPrefix)
    : undefined;
};
