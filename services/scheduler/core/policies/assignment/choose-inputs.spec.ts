import { MOST_LISTED_BYTES } from '@slipway/contracts';
import { queuedInput } from '../../testing/samples.testing.js';
import { chooseInputs } from './choose-inputs.js';

const input = (inputId: string, availableAt = 1_000, methodName?: string) =>
  queuedInput({ inputId, availableAt, ...(methodName === undefined ? {} : { methodName }) });
const one = { maxInputs: 1, lingerMs: 0 };

describe('which inputs a container gets', () => {
  test('the first of the queue that may run', () => {
    expect(chooseInputs([input('later', 5_000), input('now'), input('next')], one, 2_000).inputIds).toEqual([
      'now',
    ]);
  });

  test('when all have to wait it says when the first is due', () => {
    expect(chooseInputs([input('a', 9_000), input('b', 5_000)], one, 2_000)).toEqual({
      inputIds: [],
      readyAt: 5_000,
    });
    expect(chooseInputs([], one, 2_000)).toEqual({ inputIds: [] });
  });

  test('a batch is of one method, that of the oldest', () => {
    const queue = [input('a', 1_000, 'x'), input('b', 1_000, 'y'), input('c', 1_000, 'x')];
    expect(chooseInputs(queue, { maxInputs: 3, lingerMs: 0 }, 2_000).inputIds).toEqual(['a', 'c']);
  });

  test('a batch that is not full lingers until its oldest input has waited long enough', () => {
    const slots = { maxInputs: 2, lingerMs: 500 };
    expect(chooseInputs([input('a')], slots, 1_200)).toEqual({ inputIds: [], readyAt: 1_500 });
    expect(chooseInputs([input('a')], slots, 1_500).inputIds).toEqual(['a']);
    expect(chooseInputs([input('a'), input('b'), input('c')], slots, 1_000).inputIds).toEqual(['a', 'b']);
  });

  test('a batch is no larger than a message, and does not linger then', () => {
    const args = { inline: 'a'.repeat(10_000) };
    const queue = Array.from({ length: 1_000 }, (_, idx) => queuedInput({ inputId: `in-${idx}`, args }));
    const { inputIds } = chooseInputs(queue, { maxInputs: 1_000, lingerMs: 500 }, 1_000);
    expect(inputIds.length).toBeGreaterThan(300);
    expect(inputIds.length * 10_000).toBeLessThan(MOST_LISTED_BYTES);
  });
});
