import type { Quarantined } from './catalogue.js';
import type { KeptCatalogue } from './kept-catalogue.js';
import type { Offer, Quota } from './offer.js';
import type { TermPrice } from './term-price.js';

type RequiredKey<Of> = { [Key in keyof Of]-?: undefined extends Of[Key] ? never : Key }[keyof Of];
/** The fields that are always there, and what they hold. */
type Fields<Of> = Readonly<{
  [Key in RequiredKey<Of>]: Of[Key] extends string
    ? 'string'
    : Of[Key] extends number
      ? 'number'
      : Fields<Of[Key]>;
}>;

/** Whether something that was written down, maybe by another release, is a catalogue as it is kept now. */
export const isKeptCatalogue = (value: unknown): value is KeptCatalogue =>
  isObject(value) &&
  Object.entries(LISTS).every(([name, fields]) => {
    const list = value[name];
    return Array.isArray(list) && list.every((one) => hasFields(one, fields));
  });

const hasFields = (value: unknown, fields: object): boolean =>
  isObject(value) &&
  Object.entries(fields).every(([name, kind]: [string, string | object]) =>
    typeof kind === 'string' ? typeof value[name] === kind : hasFields(value[name], kind),
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const OFFER: Fields<Offer> = {
  ...{ offerId: 'string', vendor: 'string', region: 'string', zone: 'string', geo: 'string' },
  ...{ instanceType: 'string', purchase: 'string', pricedAt: 'number', source: 'string' },
  shape: {
    ...{ gpuType: 'string', gpuCount: 'number', gpuMemoryGiB: 'number', vcpus: 'number' },
    ...{ memoryMiB: 'number', localDiskGiB: 'number', networkGbps: 'number' },
  },
  billing: { priceMicroUsdPerNodeHour: 'number', incrementSeconds: 'number', minimumSeconds: 'number' },
  behaviour: {
    ...{ leadMs: 'number', startSuccess: 'number', preemptionsPerNodeHour: 'number' },
    ...{ performance: 'number', health: 'number' },
  },
};
const TERM: Fields<TermPrice> = {
  ...{ vendor: 'string', region: 'string', instanceType: 'string', months: 'number' },
  ...{ priceMicroUsdPerNodeHour: 'number', basis: 'string', pricedAt: 'number', source: 'string' },
};
const QUOTA: Fields<Quota> = { quotaId: 'string', scope: { vendor: 'string' }, limit: 'number' };
const JUMP: Fields<Quarantined> = {
  ...{ offerId: 'string', formerMicroUsdPerNodeHour: 'number', saidMicroUsdPerNodeHour: 'number' },
  ...{ timesSaid: 'number', seenAt: 'number', since: 'number' },
};
const LISTS = { offers: OFFER, terms: TERM, quotas: QUOTA, quarantined: JUMP } satisfies Record<
  keyof KeptCatalogue,
  object
>;
