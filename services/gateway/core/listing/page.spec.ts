import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { pageOf, readCursor, writeCursor, type PageMark } from './page.js';

const mark = (row: PageMark) => row;

test('the last page has no cursor', () => {
  const rows = [{ createdAt: 2, id: 'b' }];
  expect(pageOf(rows, 1, mark)).toEqual({ items: rows, nextCursor: null });
});

test('a row more than fits becomes a cursor at the last row shown', () => {
  const rows = [
    { createdAt: 2, id: 'b' },
    { createdAt: 1, id: 'a' },
  ];
  expect(pageOf(rows, 1, mark)).toEqual({ items: [rows[0]], nextCursor: '2.b' });
});

test('a cursor reads as it was written', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
  fc.assert(
    fc.property(fc.nat(), id, (createdAt, text) => {
      expect(readCursor(writeCursor({ createdAt, id: text }))).toEqual({ createdAt, id: text });
    }),
  );
});

test.each(['', 'zz', '1', "1.'; drop table"])("'%s' is no cursor", (cursor) => {
  expect(isRefusal(readCursor(cursor))).toBe(true);
});
