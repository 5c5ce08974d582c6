import fc from 'fast-check';
import {
  deterministicId,
  OBJECT_ID_PREFIXES,
  objectIdPrefix,
  randomId,
  type ObjectIdPrefix,
} from './object-id.js';

const prefix = fc.constantFrom(...(Object.keys(OBJECT_ID_PREFIXES) as ObjectIdPrefix[]));

test('every id is its prefix and 26 characters of Crockford base 32, of an app 22, as its clients want', () => {
  fc.assert(
    fc.property(prefix, fc.array(fc.string()), (kind, parts) => {
      for (const id of [randomId(kind), deterministicId(kind, ...parts)]) {
        expect(id).toMatch(/^[a-z]{2}-[0-9A-HJKMNP-TV-Z]+$/);
        expect(id).toHaveLength(kind === 'ap' ? 25 : 29);
        expect(objectIdPrefix(id)).toBe(kind);
      }
    }),
  );
});

test('the id of a sandbox is a ULID, as the Go client wants, and older ones are read as well', () => {
  const parts = fc.array(fc.string());
  fc.assert(
    fc.property(parts, (given) => {
      for (const id of [randomId('sb'), deterministicId('sb', ...given)]) expect(id).toMatch(/^sb-[0-7]/);
    }),
  );
  expect(objectIdPrefix('sb-Z1ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe('sb');
});

test('random ids do not repeat', () => {
  expect(new Set(Array.from({ length: 1000 }, () => randomId('in'))).size).toBe(1000);
});

test('a deterministic id stays what it was', () => {
  expect(deterministicId('im', 'FROM base', 'RUN true')).toBe('im-E9XKQ3ZBRS4Q9FCMHVJFV04867');
});

test('different parts give different ids, wherever the parts are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (left, right) => {
      const same = JSON.stringify(left) === JSON.stringify(right);
      expect(deterministicId('fu', ...left) === deterministicId('fu', ...right)).toBe(same);
    }),
  );
  expect(deterministicId('fu', 'a', 'bc')).not.toBe(deterministicId('fu', 'ab', 'c'));
});

test.each([
  '',
  'ta',
  'ta-',
  'ta-01ARZ3',
  'xx-01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'ta-01arz3ndektsv4rrffq69g5fav',
  'ta-01ARZ3NDEKTSV4RRFFQ69G5FAU',
])('%j is no id of ours', (text) => {
  expect(objectIdPrefix(text)).toBeUndefined();
});
