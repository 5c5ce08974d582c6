import { readSchedule } from './read-schedule.js';

const none = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };

const cron = (timezone: string) => ({ $case: 'cron', value: { cronString: '0 6 * * *', timezone } }) as const;

test('a cron expression keeps its time zone, UTC where none is said', () => {
  expect(readSchedule('f', cron('Europe/Berlin'))).toEqual({
    kind: 'cron',
    expression: '0 6 * * *',
    timeZone: 'Europe/Berlin',
  });
  expect(readSchedule('f', cron(''))).toMatchObject({
    timeZone: 'UTC',
  });
});

test('the parts of a period add up: calendar months apart from the rest', () => {
  expect(
    readSchedule('f', { $case: 'period', value: { ...none, years: 1, months: 2, days: 1, seconds: 1.5 } }),
  ).toEqual({
    kind: 'period',
    months: 14,
    periodMs: 86_401_500,
  });
});

test.each([
  [{ ...none }, 'period-too-short'],
  [{ ...none, seconds: 0.5 }, 'period-too-short'],
  [{ ...none, hours: 1, minutes: -5 }, 'negative-period'],
  [{ ...none, years: 101 }, 'period-too-long'],
])('%j is refused, and the refusal names the function', (period, code) => {
  expect(readSchedule('sweep', { $case: 'period', value: period })).toMatchObject({
    code,
    message: expect.stringContaining("'sweep'"),
  });
});

test('no schedule is none', () => {
  expect(readSchedule('f', undefined)).toBeUndefined();
});
