import { validate } from 'class-validator';
import { CostsQuery } from './billing/billing-query.js';
import { ExportBody } from './billing/export-bodies.js';
import { DiscountBody, GrantBody, RateCardBody } from './billing/operator-bodies.js';
import { CommitmentBody, committedTo } from './capacity/commitment-body.js';
import { PinBody } from './capacity/pin-body.js';
import { RecordedPeriodQuery } from './capacity/recorded-period-query.js';
import { LogsQuery } from './logs-query.js';
import { momentOf } from './moment.js';

const NONE = ['2027-11-01T08:00', '2027-11-01T08:00:00', '2027-W44-1', 'tomorrow', '', '2027-02-31'];
const WITH_MOMENTS = [
  [CostsQuery, ['from', 'to']],
  [LogsQuery, ['since', 'until']],
  [GrantBody, ['expiresAt']],
  [RateCardBody, ['effectiveFrom', 'effectiveTo']],
  [DiscountBody, ['from', 'to']],
  [CommitmentBody, ['startsAt', 'endsAt']],
  [PinBody, ['until']],
  [RecordedPeriodQuery, ['from', 'until']],
] as const;

const withFields = (Form: new () => object, names: readonly string[], text: string): object =>
  Object.assign(new Form(), Object.fromEntries(names.map((name) => [name, text])));

describe.each(WITH_MOMENTS.map(([Form, names]) => [Form.name, Form, names] as const))(
  '%s',
  (_name, Form, names) => {
    test.each(NONE)(
      "'%s' is no moment: its field, its words and what would be right are told",
      async (text) => {
        const words = await wordsOf(withFields(Form, names, text), names);
        expect(words).toEqual(
          names.map(
            (name) =>
              `${name} is "${text}"; it must be a day such as 2027-11-01, or a moment with its zone such as 2027-11-01T08:00:00Z`,
          ),
        );
      },
    );

    test.each(['2027-11-01', '2027-11-01T08:00+01:00'])('%s is one', async (text) => {
      expect(await wordsOf(withFields(Form, names, text), names)).toEqual([]);
    });
  },
);

test.each([...NONE, '2027-11-01T08:00:00Z', '2027-11-01T00:00:00+01:00', '2027-11-01T00:00'])(
  "an export from '%s' is refused: it begins no day in UTC",
  async (text) => {
    const names = ['from', 'to'];
    expect(await wordsOf(withFields(ExportBody, names, text), names)).toEqual(
      names.map(
        (name) => `${name} is "${text}"; it must be the beginning of a day in UTC, such as 2027-11-01`,
      ),
    );
  },
);

test.each(NONE)("'%s' is refused by name where a moment is made of it", (text) => {
  expect(() => momentOf('until', text)).toThrow(`until is "${text}"; it must be a day such as 2027-11-01`);
  const body = Object.assign(new CommitmentBody(), { vendor: 'aws', endsAt: text });
  expect(() => committedTo('c', body)).toThrow('endsAt is');
});

test('an end that is left out is told', async () => {
  const body = Object.assign(new CommitmentBody(), { vendor: 'aws' });
  expect(await wordsOf(body, ['endsAt'])).toEqual([
    expect.stringContaining('endsAt is not given; it must be a day'),
  ]);
});

const wordsOf = async (body: object, names: readonly string[]): Promise<readonly string[]> =>
  (await validate(body))
    .filter(({ property }) => names.includes(property))
    .flatMap(({ constraints = {} }) => Object.values(constraints));
