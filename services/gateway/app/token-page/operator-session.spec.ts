import {
  formKey,
  isFormKey,
  isOperatorKey,
  operatorCookie,
  operatorKey,
  readOperatorSession,
} from './operator-session.js';

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

test('the operator’s link is known by its key, which another signing key does not make', () => {
  expect(isOperatorKey('a', operatorKey('a'))).toBe(true);
  expect(isOperatorKey('a', operatorKey('b'))).toBe(false);
  expect(isOperatorKey('a', '')).toBe(false);
});

test('a session lasts twelve hours, beside other cookies', () => {
  const cookie = `other=1; ${operatorCookie('a', NOW).split(';')[0]}`;
  expect(readOperatorSession('a', cookie, NOW + 11 * HOUR_MS)).toBeDefined();
  expect(readOperatorSession('a', cookie, NOW + 12 * HOUR_MS)).toBeUndefined();
  expect(readOperatorSession('b', cookie, NOW)).toBeUndefined();
  expect(readOperatorSession('a', undefined, NOW)).toBeUndefined();
  expect(readOperatorSession('a', 'slipway_operator=x.y.z', NOW)).toBeUndefined();
});

test('no script reads the cookie and no other site sends it', () => {
  expect(operatorCookie('a', NOW)).toMatch(/HttpOnly; SameSite=Strict/);
});

test('a form counts for its own request and session only', () => {
  const key = formKey('a', 'session', 'tf-1');
  expect(isFormKey('a', 'session', 'tf-1', key)).toBe(true);
  expect(isFormKey('a', 'session', 'tf-2', key)).toBe(false);
  expect(isFormKey('a', 'another', 'tf-1', key)).toBe(false);
  expect(isFormKey('a', 'session', 'tf-1', '')).toBe(false);
});
