import { handOut, noInputs } from './input-deadlines.js';
import { tellToCancel } from './tell-to-cancel.js';

const held = ['in-1', 'in-2'].reduce(
  (inputs, inputId) => handOut(inputs, { inputId, retryCount: 0 }, 1_000, 0),
  noInputs,
);
const toldOf = (inputs: typeof held) => inputs.map(({ told }) => told);

describe('a container that is told to cancel', () => {
  test('one of its inputs may end the others too', () => {
    expect(toldOf(tellToCancel(held, ['in-1']))).toEqual(['to-cancel-it', 'to-cancel-another']);
  });

  test('one after the other is to cancel both', () => {
    const each = tellToCancel(tellToCancel(held, ['in-1']), ['in-2']);
    expect(toldOf(each)).toEqual(['to-cancel-it', 'to-cancel-it']);
  });

  test('an input that it has not, or a web request, ends none', () => {
    expect(tellToCancel(held, ['in-3'])).toBe(held);
  });

  test('an input does nothing to those that it takes later', () => {
    const later = handOut(tellToCancel(held, ['in-1']), { inputId: 'in-3', retryCount: 0 }, 1_000, 5);
    expect(toldOf(later).at(-1)).toBeUndefined();
  });
});
