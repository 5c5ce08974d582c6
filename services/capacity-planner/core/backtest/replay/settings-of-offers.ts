import { OFFER_FILTER_NAMES } from '@slipway/contracts';

type Setting = Readonly<{ isRight: (value: unknown) => boolean; expected: string }>;

const FILTER_FIELDS: readonly string[] = OFFER_FILTER_NAMES.map(([, field]) => field);
const PIN_FIELDS: readonly string[] = ['filter', 'least', 'most', 'until'];

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;

const isFilter = (value: unknown): boolean =>
  entriesOf(value)?.every(([name, field]) => FILTER_FIELDS.includes(name) && typeof field === 'string') ??
  false;

const isPin = (value: unknown): boolean => {
  const entries = entriesOf(value);
  if (entries === undefined || !entries.every(([name]) => PIN_FIELDS.includes(name))) return false;
  const { filter, ...numbers } = Object.fromEntries(entries);
  return (
    isFilter(filter) &&
    ('least' in numbers || 'most' in numbers) &&
    Object.values(numbers).every((number) => Number.isInteger(number) && Number(number) >= 0)
  );
};

const listOf =
  (isRight: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(isRight);

/** What a policy says of single offers: no default has any, so what is right is said here. */
export const SETTINGS_OF_OFFERS: ReadonlyMap<string, Setting> = new Map([
  [
    'excluded',
    { isRight: listOf(isFilter), expected: `a list of filters of offers: ${FILTER_FIELDS.join(', ')}` },
  ],
  [
    'pins',
    {
      isRight: listOf(isPin),
      expected: 'a list of pins: filter, with least, most or both as whole numbers, and until in ms',
    },
  ],
]);
