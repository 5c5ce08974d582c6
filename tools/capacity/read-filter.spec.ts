import { readFilter } from './read-filter.ts';

test('filters name offers as the API does', () => {
  expect(readFilter('vendor=aws,gpu=H100,purchase=spot')).toEqual({
    vendor: 'aws',
    gpuType: 'H100',
    purchase: 'spot',
  });
  expect(readFilter('offer=own/hall/a/box/spot')).toEqual({ offerId: 'own/hall/a/box/spot' });
  expect(readFilter('')).toEqual({});
});

test.each([
  ['cloud=aws', /'cloud=aws' names no offers; write one of offer, vendor, region, gpu, purchase/],
  ['vendor', /'vendor' names no offers/],
  ['vendor=', /'vendor=' names no offers/],
  ['vendor=aws,vendor=gcp', /names vendor twice/],
])('%s is a mistake that is said', (text, message) => {
  expect(() => readFilter(text)).toThrow(message);
});
