import { OFFER_FILTER_NAMES } from '@slipway/contracts';
import { readNamedValues } from './read-named-values.ts';

/** `vendor=aws,gpu=H100`; an empty text names all offers. Throws UsageError. */
export const readFilter = (text: string): Record<string, string> =>
  text === ''
    ? {}
    : readNamedValues(text, {
        fields: OFFER_FILTER_NAMES,
        namesNothing: 'names no offers',
        oneOfEach: 'an offer has one of each',
      });
