import type { NewInput, Outcome, Payload } from '@slipway/contracts';

/** Ids, numbers and names of fields. */
const FIELDS_BYTES = 500;
/** A control character takes six bytes of JSON, the longest of all. */
const LONGEST_CHARACTER_BYTES = 6;

/** How many bytes of JSON an output takes in a message at most. */
export const mostBytesOfOutput = (outcome: Outcome): number => {
  const {
    payload,
    exception = '',
    traceback = '',
    serializedTraceback = '',
    tracebackLineCache = '',
  } = outcome;
  const base64 = inlineBytes(payload) + serializedTraceback.length + tracebackLineCache.length;
  return FIELDS_BYTES + base64 + LONGEST_CHARACTER_BYTES * (exception.length + traceback.length);
};

/** How many bytes of JSON an input takes in a message at most. */
export const mostBytesOfInput = ({ args }: Pick<NewInput, 'args'>): number =>
  FIELDS_BYTES + inlineBytes(args);

/** Base64, so as many bytes as characters. */
export const inlineBytes = (payload: Payload | undefined): number =>
  payload !== undefined && 'inline' in payload ? payload.inline.length : 0;

const BEYOND_ASCII = /[\u0080-\uffff]/g;

/** How many bytes of JSON any value takes at most: three of UTF-8 for each UTF-16 unit beyond ASCII. */
export const mostBytesOf = (value: unknown): number => {
  const json = JSON.stringify(value);
  return json.length + 2 * (json.match(BEYOND_ASCII)?.length ?? 0);
};
