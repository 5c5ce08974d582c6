import { refuse, type Refusal } from '@slipway/kernel';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A hash of `byteCount` bytes, as headers carry it, in hex. */
export const base64ToHex = (field: string, base64: string, byteCount: number): string | Refusal => {
  let hex = '';
  let held = 0;
  let heldBits = 0;
  for (const letter of base64.replace(/=+$/, '')) {
    held = ((held << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    heldBits += 6;
    if (heldBits >= 8) {
      heldBits -= 8;
      hex += ((held >> heldBits) & 255).toString(16).padStart(2, '0');
    }
  }
  return hex.length === 2 * byteCount && /^[A-Za-z0-9+/]*=*$/.test(base64)
    ? hex
    : refuse('invalid', 'bad-hash', `${field} is '${base64}', but must be ${byteCount} bytes in base64`);
};
