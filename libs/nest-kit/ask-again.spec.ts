import { jest } from '@jest/globals';
import { refuse, RefusedError } from '@slipway/kernel';
import { askAgain } from './ask-again.js';

describe('asking again', () => {
  let now = 0;
  beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => now));
  afterEach(() => void jest.restoreAllMocks());

  /** Fails so often, each time after so long. */
  const failing = (times: number, eachMs: number) => {
    let tries = 0;
    return async (): Promise<string> => {
      tries += 1;
      if (tries > times) return 'answer';
      now += eachMs;
      throw new Error(`failure ${tries}`);
    };
  };

  test('has its patience from the first failure on: a try that took longer is not the last', async () => {
    expect(await askAgain(failing(1, 60_000), { patienceMs: 1000 })).toBe('answer');
  });

  test('ends with the last failure when the patience is over', async () => {
    await expect(askAgain(failing(3, 1000), { patienceMs: 1000 })).rejects.toThrow('failure 2');
  });

  test('a refusal is an answer', async () => {
    const refused = new RefusedError(refuse('not-found', 'not-here', 'it is not here'));
    await expect(askAgain(() => Promise.reject(refused), { patienceMs: 1000 })).rejects.toBe(refused);
  });
});
