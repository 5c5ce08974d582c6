import { cronTicks, refuseCron } from './cron-ticks.js';

const ticks = (expression: string, timeZone: string, from: string, count: number): readonly string[] => {
  const found: string[] = [];
  const next = cronTicks({ expression, timeZone });
  let at = Date.parse(from);
  while (found.length < count) {
    at = next(at)!;
    found.push(new Date(at).toISOString().slice(5, 16));
  }
  return found;
};

describe('when the clock goes forward in Berlin, at 01:00 UTC on 29 March 2026', () => {
  test('a tick within the hour that is left out comes at its end, once', () => {
    expect(ticks('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00Z', 3)).toEqual([
      '03-28T01:30',
      '03-29T01:00',
      '03-30T00:30',
    ]);
  });

  test('a tick every half an hour goes on every half an hour', () => {
    expect(ticks('*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:10Z', 3)).toEqual([
      '03-29T00:30',
      '03-29T01:00',
      '03-29T01:30',
    ]);
  });
});

describe('when the clock goes back in Berlin, at 01:00 UTC on 25 October 2026', () => {
  test.each(['30 2 * * *', '30 2,4 * * *'])('%s comes once at 02:30, which comes twice', (expression) => {
    const seen = ticks(expression, 'Europe/Berlin', '2026-10-24T12:00Z', 4);
    expect(seen.filter((tick) => tick === '10-25T00:30' || tick === '10-25T01:30')).toEqual(['10-25T00:30']);
  });

  test('a tick every half an hour goes on every half an hour', () => {
    expect(ticks('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00Z', 4)).toEqual([
      '10-25T00:30',
      '10-25T01:00',
      '10-25T01:30',
      '10-25T02:00',
    ]);
  });
});

test('a day of the month and a day of the week are either-or', () => {
  expect(ticks('0 0 13 * 5', 'UTC', '2026-09-08T00:00Z', 3)).toEqual([
    '09-11T00:00',
    '09-13T00:00',
    '09-18T00:00',
  ]);
});

test.each([
  ['0 9 * * *', 'Mars/Olympus', 'unknown-time-zone', 'Mars/Olympus'],
  ['0 9 * *', 'UTC', 'invalid-cron', "'0 9 * *'"],
  ['* * * * * *', 'UTC', 'invalid-cron', 'five fields'],
  ['@hourly', 'UTC', 'invalid-cron', '@hourly'],
  ['61 * * * *', 'UTC', 'invalid-cron', '61'],
  ['often and often again please', 'UTC', 'invalid-cron', 'often'],
  ['*/0 * * * *', 'UTC', 'invalid-cron', '*/0'],
  ['0 0 31 2 *', 'UTC', 'invalid-cron', 'no day'],
])('%s in %s is refused', (expression, timeZone, code, named) => {
  const refusal = refuseCron({ expression, timeZone }, Date.parse('2026-01-01T00:00Z'));
  expect(refusal).toMatchObject({ refused: 'invalid', code, message: expect.stringContaining(named) });
});

test.each([
  ['* * * * *', 'UTC'],
  ['0 0 29 2 *', 'America/New_York'],
  ['15,45 8-18/2 * JAN-MAR MON-FRI', 'Asia/Kolkata'],
  ['0 0 * * 7', 'UTC'],
])('%s in %s can be kept', (expression, timeZone) => {
  expect(refuseCron({ expression, timeZone }, Date.parse('2026-01-01T00:00Z'))).toBeUndefined();
});
