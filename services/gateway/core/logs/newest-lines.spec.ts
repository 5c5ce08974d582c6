import type { LogLine } from './log-line.js';
import { NewestLines } from './newest-lines.js';

const line = (at: number, data: string): LogLine => ({
  at,
  data,
  stream: 'stdout',
  functionId: 'fu-1',
  taskId: 'ta-1',
});
/** A moment later each time. */
let at = 0;
const added = (lines: NewestLines, ...texts: readonly string[]): NewestLines => {
  for (const text of texts) lines.add(line((at += 1), text));
  return lines;
};
const texts = (lines: NewestLines) => lines.all.map(({ data }) => data);

test('of more lines than are wanted the newest are kept, and nothing is said', () => {
  expect(texts(added(new NewestLines(2), 'a', 'b', 'c', 'd', 'e', 'f'))).toEqual(['e', 'f']);
});

test('of lines that are too long together the newest are kept, and a line says that others are not', () => {
  const lines = added(new NewestLines(10, 8), 'aaaa', 'bbbb', 'cccc', 'dddd', 'eeee');
  expect(lines.all).toMatchObject([
    { stream: 'info', taskId: 'ta-1', data: expect.stringContaining('left out') },
    { data: 'dddd' },
    { data: 'eeee' },
  ]);
});

test('older lines get the room that newer ones left, and none where there is none', () => {
  const newest = added(new NewestLines(10, 8), 'cccc');
  newest.prepend(added(newest.before(), 'bbbb', 'aaaa'));
  // Lines are in the order in which they were written, whenever they were read.
  expect(texts(newest)).toEqual([expect.stringContaining('left out'), 'cccc', 'aaaa']);
  expect(newest.isFull).toBe(true);
});

test('as many as are wanted are enough', () => {
  const newest = added(new NewestLines(2, 8), 'c');
  expect(newest.isFull).toBe(false);
  newest.prepend(added(newest.before(), 'b'));
  expect(newest.isFull).toBe(true);
  expect(texts(newest)).toEqual(['c', 'b']);
});
