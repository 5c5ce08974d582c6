import { offerOf } from '../acting/acting.samples.testing.js';
import { isKeptCatalogue } from './is-kept-catalogue.js';
import type { KeptCatalogue } from './kept-catalogue.js';

const offer = offerOf('a');
const { offerId, vendor, region, instanceType } = offer;
const kept: KeptCatalogue = {
  offers: [offer, { ...offer, window: { startsAt: 0, endsAt: 1 } }],
  terms: [
    {
      ...{ vendor, region, instanceType, months: 12, priceMicroUsdPerNodeHour: 1 },
      ...{ basis: 'published', pricedAt: 0, source: 'spec' },
    },
  ],
  quotas: [{ quotaId: 'q', scope: { vendor }, limit: 8 }],
  quarantined: [
    {
      ...{ offerId, formerMicroUsdPerNodeHour: 1, saidMicroUsdPerNodeHour: 2 },
      ...{ timesSaid: 1, seenAt: 0, since: 0 },
    },
  ],
};

/** A copy of a value without each of its fields in turn. */
const withoutEach = (value: unknown): readonly unknown[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, field]) => {
        const copied = (changed: object): unknown =>
          Array.isArray(value) ? Object.values({ ...value, ...changed }) : { ...value, ...changed };
        return [
          ...(Array.isArray(value) || name === 'window' ? [] : [copied({ [name]: undefined })]),
          ...(name === 'window' ? [] : withoutEach(field).map((part) => copied({ [name]: part }))),
        ];
      });

test('a catalogue is known as one, an empty one too', () => {
  expect(isKeptCatalogue(JSON.parse(JSON.stringify(kept)))).toBe(true);
  expect(isKeptCatalogue({ offers: [], terms: [], quotas: [], quarantined: [] })).toBe(true);
});

test('what lacks any field that all of its kind have is of another shape', () => {
  const damaged = withoutEach(kept);
  expect(damaged.length).toBeGreaterThan(60);
  for (const one of damaged) expect([one, isKeptCatalogue(one)]).toEqual([one, false]);
  for (const one of [null, [], 'text', { ...kept, offers: {} }, { ...kept, quotas: [null] }])
    expect(isKeptCatalogue(one)).toBe(false);
});
