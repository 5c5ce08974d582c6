import { refuse, type Refusal } from '@slipway/kernel';
import type { ByteRange } from './object.js';

/**
 * The one range of an HTTP `Range` header (RFC 9110, 14.1.2) for a body of `sizeBytes`.
 * Undefined: no range, or one of a form that a server may ignore; the whole body is meant.
 */
export const parseRange = (
  header: string | undefined,
  sizeBytes: number,
): ByteRange | Refusal | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return first <= last && first < sizeBytes
    ? { first, last }
    : refuse(
        'invalid',
        'range-not-satisfiable',
        `'${header}' asks for bytes beyond the ${sizeBytes} that there are`,
      );
};
