import { refuse, RefusedError } from '@slipway/kernel';

/** Below that a double tells micro-dollars apart. */
const MOST_DOLLARS = 1_000_000_000;

/** Dollars as a client writes them, a floating-point number, to the micro-dollar: `0.1` → `0.100000`. */
export const usdOfDollars = (name: string, dollars: number): string => {
  if (!(dollars >= 0 && dollars <= MOST_DOLLARS))
    throw new RefusedError(
      refuse(
        'invalid',
        'dollars-out-of-range',
        `${name} is ${dollars}, but must be from 0 to ${MOST_DOLLARS}.`,
      ),
    );
  return dollars.toFixed(6);
};
