import type { LogBatch } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import * as fc from 'fast-check';
import { LineBuckets } from './line-buckets.js';
import { textsWithin, type LogFilter } from './log-filter.js';
import { linesOf } from './log-line.js';
import { windowsBack } from './windows-back.js';

const batch: LogBatch = {
  appId: 'ap-1',
  functionId: 'fu-variant',
  baseFunctionId: 'fu-base',
  taskId: 'ta-1',
  entries: [
    { kind: 'task-state', at: 500, state: 'active' },
    { kind: 'output', at: 1_000, stream: 'stdout', data: 'one\ntwo\n', callId: 'fc-1', inputId: 'in-1' },
    { kind: 'output', at: 2_000, stream: 'stderr', data: 'three "quoted"\n' },
  ],
};
const texts = (filter: LogFilter, range?: { since: number; until: number }) =>
  linesOf(batch, filter, range).map(({ data }) => data);

describe('the lines of a message', () => {
  test.each<[LogFilter, readonly string[]]>([
    [{}, ['one\n', 'two\n', 'three "quoted"\n']],
    [{ functionId: 'fu-base' }, ['one\n', 'two\n', 'three "quoted"\n']],
    [{ functionId: 'fu-other' }, []],
    [{ variantId: 'fu-base' }, []],
    [{ variantId: 'fu-variant', callId: 'fc-1' }, ['one\n', 'two\n']],
    [{ taskId: 'ta-2' }, []],
    [{ inputId: 'in-2' }, []],
    [{ stream: 'stderr' }, ['three "quoted"\n']],
    [{ searchText: 'tw' }, ['two\n']],
  ])('that %j wants', (filter, wanted) => {
    expect(texts(filter)).toEqual(wanted);
  });

  test('the first moment of a range is in it, the last is not', () => {
    expect(texts({}, { since: 1_000, until: 2_000 })).toEqual(['one\n', 'two\n']);
  });

  test('a message without the texts of a filter has no line that it wants', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('o', 'n', 'e', '"', ' ', '\n'), minLength: 1 }),
        (searchText) => {
          const bytes = JSON.stringify(batch);
          const isWithin = textsWithin({ searchText }).every((text) => bytes.includes(text));
          if (!isWithin) expect(texts({ searchText })).toEqual([]);
        },
      ),
    );
  });
});

test('windows go back without a gap or an overlap, and end where the time does', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (since, lengthMs) => {
      const until = since + lengthMs;
      let end = until;
      for (const window of windowsBack({ since, until })) {
        expect(window.until).toBe(end);
        expect(window.since).toBeLessThan(window.until);
        end = window.since;
      }
      expect(end).toBe(since);
    }),
  );
});

describe('buckets', () => {
  const over = (since: number, until: number, seconds: number): LineBuckets => {
    const buckets = LineBuckets.over({ since, until }, seconds);
    if (isRefusal(buckets)) throw new Error(buckets.message);
    return buckets;
  };

  test('begin at multiples of their length and hold the lines of their seconds', () => {
    const buckets = over(5_500, 12_000, 4);
    buckets.add({ second: 7, stdout: 2, stderr: 1, info: 0 });
    buckets.add({ second: 8, stdout: 3, stderr: 1, info: 0 }, 'stderr');
    buckets.add({ second: 99, stdout: 3, stderr: 1, info: 0 });
    expect(buckets.all).toEqual([
      { startsAt: 4_000, stdout: 2, stderr: 1, info: 0 },
      { startsAt: 8_000, stdout: 0, stderr: 1, info: 0 },
    ]);
  });

  test.each([
    [0, 'bucket-too-short'],
    [1, 'too-many-buckets'],
  ])('of %d seconds over a month are refused', (seconds, code) => {
    expect(LineBuckets.over({ since: 0, until: 30 * 86_400_000 }, seconds)).toMatchObject({ code });
  });
});
