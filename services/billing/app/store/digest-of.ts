import { hash } from 'node:crypto';

const DIGEST_BYTES = 16;

/** As tables keep it: hexadecimal. */
export const digestOf = (text: string): string => hash('sha256', text, 'hex').slice(0, 2 * DIGEST_BYTES);
