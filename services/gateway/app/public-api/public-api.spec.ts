import { BadRequestException } from '@nestjs/common';
import { refuse, RefusedError } from '@slipway/kernel';
import { BusUnavailableError } from '@slipway/messaging';
import { headersOf } from './http-caller.guard.js';
import { problemOf } from './problem.filter.js';
import { callState, viewOf } from './views.js';

test.each([
  [
    new RefusedError(refuse('not-found', 'app-not-found', 'No app.')),
    '/problems/app-not-found',
    404,
    'No app.',
  ],
  [new BadRequestException(['a', 'b']), '/problems/request-invalid', 400, 'a; b'],
  [new BusUnavailableError('x', 'y'), '/problems/part-away', 503, undefined],
  [new Error('secret detail'), '/problems/internal', 500, undefined],
])('%s is the problem %s', (error, type, status, detail) => {
  const problem = problemOf(error);
  expect(problem).toMatchObject({ type, status, ...(detail ? { detail } : {}) });
  expect(problem.detail).not.toContain('secret');
});

test('a bearer of both halves is read as the two headers', () => {
  const header = headersOf({ headers: { authorization: 'Bearer ak-1:as-1' } });
  expect([header('x-modal-token-id'), header('x-modal-token-secret')]).toEqual(['ak-1', 'as-1']);
});

test('moments are texts, and what is empty or internal is left out', () => {
  expect(
    viewOf({ id: 'ap-1', created_at: '0', stopped_at: null, workspace_id: 'ac-1', app_name: 'x' }),
  ).toEqual({
    id: 'ap-1',
    createdAt: '1970-01-01T00:00:00.000Z',
    appName: 'x',
  });
});

test.each([
  [{ inputs: '2', succeeded: '1', failed: '0', cancelled_at: null }, 'running'],
  [{ inputs: '0', succeeded: '0', failed: '0', cancelled_at: null }, 'running'],
  [{ inputs: '2', succeeded: '1', failed: '1', cancelled_at: null }, 'finished'],
  [{ inputs: '2', succeeded: '0', failed: '0', cancelled_at: '5' }, 'cancelled'],
])('%j is %s', (counts, state) => {
  expect(callState(counts)).toBe(state);
});
