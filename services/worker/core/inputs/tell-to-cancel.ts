import type { InputId } from '@slipway/contracts';
import type { HeldInputs } from './input-deadlines.js';

/** A container that is told to cancel an input in its hands may end the others with it; of one that it has not it makes nothing. */
export const tellToCancel = (held: HeldInputs, inputIds: readonly InputId[]): HeldInputs =>
  held.some(({ inputId }) => inputIds.includes(inputId))
    ? held.map((input) => ({
        ...input,
        told:
          input.told === 'to-cancel-it' || inputIds.includes(input.inputId)
            ? 'to-cancel-it'
            : 'to-cancel-another',
      }))
    : held;
