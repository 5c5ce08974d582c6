import * as fc from 'fast-check';
import { countLogLines, lineCountsOf, logLines, readLineCounts, writeLineCounts } from './log-lines.js';

test('lines keep their ends, and together are what was written', () => {
  expect(logLines('a\nb\n')).toEqual(['a\n', 'b\n']);
  expect(logLines('10%\r20%\rdone')).toEqual(['10%\r20%\rdone']);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), (data) => {
      expect(logLines(data).join('')).toBe(data);
      expect(countLogLines(data)).toBe(logLines(data).length);
    }),
  );
});

test('counts are by second and stream, and come back from their header', () => {
  const counts = lineCountsOf([
    { at: 1_999, stream: 'stdout', data: 'a\nb' },
    { at: 1_000, stream: 'stderr', data: 'c\n' },
    { at: 2_000, stream: 'info', data: 'd\n' },
  ]);
  expect(counts).toEqual([
    { second: 1, stdout: 2, stderr: 1, info: 0 },
    { second: 2, stdout: 0, stderr: 0, info: 1 },
  ]);
  expect(readLineCounts(writeLineCounts(counts))).toEqual(counts);
  expect(readLineCounts('')).toEqual([]);
});
