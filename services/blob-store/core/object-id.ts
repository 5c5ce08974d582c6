const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 26;

/** `<prefix>-` and 26 digits in Crockford's base 32, taken from the front of a hash or of random bytes (17 or more). */
export const objectId = (prefix: string, bytes: Uint8Array): string => {
  let digits = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= 5 && digits.length < DIGITS) {
      heldBits -= 5;
      digits += ALPHABET[(held >>> heldBits) & 31];
    }
    held &= (1 << heldBits) - 1;
  }
  return `${prefix}-${digits}`;
};
