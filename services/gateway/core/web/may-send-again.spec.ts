import { maySendAgain } from './may-send-again.js';

test.each(['gone', 'draining', 'busy'] as const)(
  'a request that a relay refused as %s goes elsewhere',
  (outcome) => {
    expect(maySendAgain('POST', true, { how: 'refused', outcome })).toBe(true);
  },
);

test.each(['timeout', 'failed'] as const)('one that ended as %s does not', (outcome) => {
  expect(maySendAgain('GET', true, { how: 'refused', outcome })).toBe(false);
});

test.each([
  ['GET', true],
  ['DELETE', true],
  ['POST', false],
  ['PATCH', false],
])('after a broken connection %s: %s', (method, again) => {
  expect(maySendAgain(method, true, { how: 'broken', sent: true })).toBe(again);
});

test('what never left may always go elsewhere, but not without its body', () => {
  expect(maySendAgain('POST', true, { how: 'broken', sent: false })).toBe(true);
  expect(maySendAgain('PUT', false, { how: 'broken', sent: true })).toBe(false);
  expect(maySendAgain('POST', false, { how: 'refused', outcome: 'busy' })).toBe(false);
});
