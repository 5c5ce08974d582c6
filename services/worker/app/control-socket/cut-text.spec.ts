import fc from 'fast-check';
import { cutText } from './cut-text.js';

test('a short text stays as it is', () => {
  expect(cutText('fünf', 5)).toBe('fünf');
});

test('of a long one its beginning and its end are kept, and how much is missing is said', () => {
  expect(cutText('beginning and end', 6)).toBe('beg\n[11 of 17 bytes are left out here]\nend');
});

test('no character is cut in two, and nothing is much longer than it may be', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 20, maxLength: 200 }),
      fc.nat(60),
      (text, mostBytes) => {
        const cut = cutText(text, mostBytes);
        expect(cut.isWellFormed()).toBe(true);
        if (Buffer.byteLength(text) <= mostBytes) return;
        const [head = '', tail = ''] = cut.split(/\n\[\d+ of \d+ bytes are left out here\]\n/);
        expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
        expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(mostBytes + 3);
      },
    ),
  );
});
