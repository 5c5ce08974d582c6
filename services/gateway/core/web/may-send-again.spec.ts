import { maySendAgain, type Resendable } from './may-send-again.js';

const asked = (changes: Partial<Resendable> = {}): Resendable => ({
  method: 'GET',
  bodyIsHeld: true,
  ranBefore: 0,
  ...changes,
});

test.each(['gone', 'draining', 'busy'] as const)(
  'a request that a relay refused as %s goes elsewhere',
  (outcome) => {
    expect(maySendAgain(asked({ method: 'POST', ranBefore: 5 }), { how: 'refused', outcome })).toBe(true);
  },
);

test('one whose time was over does not', () => {
  expect(maySendAgain(asked(), { how: 'refused', outcome: 'timeout' })).toBe(false);
});

test.each([
  ['GET', true],
  ['DELETE', true],
  ['POST', false],
  ['PATCH', false],
])('after its container broke off %s: %s', (method, again) => {
  expect(maySendAgain(asked({ method }), { how: 'broken', sent: true })).toBe(again);
  expect(maySendAgain(asked({ method }), { how: 'refused', outcome: 'failed' })).toBe(again);
});

test('a request that ends its containers is not given a third one', () => {
  expect(maySendAgain(asked({ ranBefore: 1 }), { how: 'refused', outcome: 'failed' })).toBe(false);
});

test('what never left may always go elsewhere, but not without its body', () => {
  expect(maySendAgain(asked({ method: 'POST' }), { how: 'broken', sent: false })).toBe(true);
  expect(maySendAgain(asked({ method: 'PUT', bodyIsHeld: false }), { how: 'broken', sent: true })).toBe(
    false,
  );
  expect(maySendAgain(asked({ bodyIsHeld: false }), { how: 'refused', outcome: 'busy' })).toBe(false);
});
