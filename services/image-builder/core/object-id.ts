const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 26;

/** `<prefix>-` and 26 digits in Crockford's base 32, taken from the front of a hash given in hex. */
export const objectId = (prefix: string, hashHex: string): string => {
  let value = BigInt(`0x${hashHex.slice(0, 34)}`) >> 6n;
  let digits = '';
  for (let index = 0; index < DIGITS; index += 1) {
    digits = (ALPHABET[Number(value & 31n)] ?? '') + digits;
    value >>= 5n;
  }
  return `${prefix}-${digits}`;
};
