import { SecretCipher } from './secret-cipher.js';

const cipher = new SecretCipher('ab'.repeat(32));

test('what was sealed opens again, and looks different each time', () => {
  const sealed = cipher.seal('st-1', { A: 'b' });
  expect(cipher.open('st-1', sealed)).toEqual({ A: 'b' });
  expect(cipher.seal('st-1', { A: 'b' }).sealed).not.toEqual(sealed.sealed);
});

test("a row does not open as another secret's, when it was changed, or under another key", () => {
  const sealed = cipher.seal('st-1', { A: 'b' });
  expect(() => cipher.open('st-2', sealed)).toThrow();
  const changed = Buffer.from(sealed.sealed);
  changed[0]! ^= 1;
  expect(() => cipher.open('st-1', { ...sealed, sealed: changed })).toThrow();
  expect(() => new SecretCipher('cd'.repeat(32)).open('st-1', sealed)).toThrow(/was sealed under key/);
});

test('what a former key sealed still opens, and is sealed under the new key at its next write', () => {
  const old = cipher.seal('st-1', { A: 'b' });
  const rotated = new SecretCipher('cd'.repeat(32), ['ab'.repeat(32)]);
  expect(rotated.open('st-1', old)).toEqual({ A: 'b' });
  expect(rotated.seal('st-1', { A: 'b' }).keyId).not.toBe(old.keyId);
});

describe('a fingerprint', () => {
  const print = (variables: Record<string, string>, workspaceId = 'ac-1') =>
    cipher.fingerprint(workspaceId, variables);
  test('is the same for the same variables in any order', () => {
    expect(print({ A: '1', B: '2' })).toBe(print({ B: '2', A: '1' }));
  });
  test('differs by value, by name, by workspace and by key', () => {
    const others = [
      print({ A: '2' }),
      print({ B: '1' }),
      print({ A: '1' }, 'ac-2'),
      new SecretCipher('cd'.repeat(32)).fingerprint('ac-1', { A: '1' }),
    ];
    expect(new Set([...others, print({ A: '1' })]).size).toBe(5);
  });
});
