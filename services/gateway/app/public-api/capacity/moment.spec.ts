import { validate } from 'class-validator';
import { CommitmentBody, committedTo } from './commitment-body.js';
import { momentOf, readMoment } from './moment.js';
import { PinBody } from './pin-body.js';

test.each([
  ['2027-11-01', '2027-11-01T00:00:00.000Z'],
  ['2027-11-01T08:00Z', '2027-11-01T08:00:00.000Z'],
  ['2027-11-01T08:00:00.5Z', '2027-11-01T08:00:00.500Z'],
  ['2027-11-01T08:00:00+02:00', '2027-11-01T06:00:00.000Z'],
])('%s names %s', (text, moment) => {
  expect(new Date(readMoment(text)!).toISOString()).toBe(moment);
});

const NONE = [
  ...['2027-11-01T08:00:00', '2027-W44-1', '20271101T080000Z', '2027-11', '2027-305', 'tomorrow', ''],
  ...['2027-02-31', '2027-02-29T08:00:00Z', '2027-11-01T25:00:00Z', '2027-11-01 08:00:00Z'],
];

test.each(NONE)(
  "'%s' names no moment: its field, its words and what would be right are told",
  async (text) => {
    expect(() => momentOf('until', text)).toThrow(`until is "${text}"; it must be a day such as 2027-11-01`);
    const body = Object.assign(new CommitmentBody(), { vendor: 'aws', startsAt: text, endsAt: text });
    expect(await wordsOf(body)).toEqual(
      ['startsAt', 'endsAt'].map((name) => expect.stringContaining(`${name} is "${text}"; it must be`)),
    );
    expect(() => committedTo('c', body)).toThrow('endsAt is');
    expect(await wordsOf(Object.assign(new PinBody(), { reason: 'why', until: text }))).toEqual([
      expect.stringContaining(`until is "${text}"; it must be`),
    ]);
  },
);

test('an end that is left out is told', async () => {
  const body = Object.assign(new CommitmentBody(), { vendor: 'aws' });
  expect(await wordsOf(body)).toEqual([expect.stringContaining('endsAt is not given; it must be a day')]);
});

const wordsOf = async (body: object): Promise<readonly string[]> =>
  (await validate(body)).flatMap(({ constraints = {} }) => Object.values(constraints));
