import fc from 'fast-check';
import { refuseDictUpdate, useMark, USE_STEP_MS } from './dict-limits.js';

const entry = (valueBytes: number) => ({ keyBytes: 0, valueBytes });

test('ten thousand entries and a hundred MiB may be written at once', () => {
  expect(refuseDictUpdate(Array.from({ length: 10_000 }, () => entry(1)))).toBeUndefined();
  expect(refuseDictUpdate([entry(100 * 1024 * 1024)])).toBeUndefined();
});

test('one more is refused with the text that clients know', () => {
  for (const entries of [
    Array.from({ length: 10_001 }, () => entry(0)),
    [{ keyBytes: 1, valueBytes: 100 * 1024 * 1024 }],
  ])
    expect(refuseDictUpdate(entries)).toMatchObject({
      refused: 'invalid',
      message: expect.stringContaining("status = '413'"),
    });
});

test('the mark of a use is at most an hour old and the same within an hour', () => {
  fc.assert(
    fc.property(fc.nat(), (at) => {
      expect(at - useMark(at)).toBeLessThan(USE_STEP_MS);
      expect(useMark(useMark(at))).toBe(useMark(at));
    }),
  );
});
