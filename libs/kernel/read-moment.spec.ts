import { readMoment } from './read-moment.js';

test.each([
  ['2027-11-01', '2027-11-01T00:00:00.000Z'],
  ['2027-11-01T08:00Z', '2027-11-01T08:00:00.000Z'],
  ['2027-11-01T08:00:00.5Z', '2027-11-01T08:00:00.500Z'],
  ['2027-11-01T08:00:00+02:00', '2027-11-01T06:00:00.000Z'],
])('%s names %s', (text, moment) => {
  expect(new Date(readMoment(text)!).toISOString()).toBe(moment);
});

test.each([
  ...['2027-11-01T08:00:00', '2027-W44-1', '20271101T080000Z', '2027-11', '2027-305', 'tomorrow', ''],
  ...['2027-02-31', '2027-02-29T08:00:00Z', '2027-11-01T25:00:00Z', '2027-11-01 08:00:00Z'],
  ...[1_793_000_000_000, null, undefined, ['2027-11-01']],
])('%j names no moment', (text) => {
  expect(readMoment(text)).toBeUndefined();
});
