import fc from 'fast-check';
import { admitRequest } from './admit-request.js';

describe('admission of web requests', () => {
  test('an open door lets in as many as the task takes at once, and one more is told that it is busy', () => {
    expect(admitRequest({ state: 'open', inside: 1, maxRequests: 2 })).toBe('admitted');
    expect(admitRequest({ state: 'open', inside: 2, maxRequests: 2 })).toBe('busy');
  });

  test('a task that drains, or is not ready, lets nobody in however empty it is', () => {
    expect(admitRequest({ state: 'draining', inside: 0, maxRequests: 9 })).toBe('draining');
    expect(admitRequest({ state: 'closed', inside: 0, maxRequests: 9 })).toBe('gone');
  });

  test('there are never more inside than the task takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean()), (maxRequests, comesOrLeaves) => {
        let inside = 0;
        for (const comes of comesOrLeaves) {
          if (!comes) inside = Math.max(0, inside - 1);
          else if (admitRequest({ state: 'open', inside, maxRequests }) === 'admitted') inside += 1;
          expect(inside).toBeLessThanOrEqual(maxRequests);
        }
      }),
    );
  });
});
