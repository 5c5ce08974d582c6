import { refuse, type Refusal } from '@slipway/kernel';

/** A message above what the bus takes (`mostBytes`, which the server says) is a no: it would be as large at the next try. */
export const refuseTooLarge = (
  what: string,
  { length }: Uint8Array,
  mostBytes: number | undefined,
): Refusal | undefined =>
  mostBytes === undefined || length <= mostBytes
    ? undefined
    : refuse(
        'invalid',
        'message-too-large',
        `${what} has ${length} bytes, but a message between services holds at most ${mostBytes}.`,
      );
