import { offerOf } from '../acting/acting.samples.testing.js';
import type { Offer } from '../catalogue/offer.js';
import { CatalogueRecorder } from './record-catalogues.js';

const offer = offerOf('a');

const catalogues = (...dated: readonly (readonly [number, readonly Offer[]])[]) => {
  const recorder = new CatalogueRecorder();
  for (const [at, offers] of dated) recorder.see({ at, offers });
  return recorder.recorded();
};

describe('catalogues one after another', () => {
  const priced = (usd: number, availableNodes?: number): Offer => ({
    ...offer,
    billing: { ...offer.billing, priceMicroUsdPerNodeHour: usd * 1_000_000 },
    behaviour: { ...offer.behaviour, ...(availableNodes === undefined ? {} : { availableNodes }) },
  });

  test('an offer has its first price, and each other one from when it was seen', () => {
    const { offers, market } = catalogues([0, [priced(3)]], [1, [priced(3)]], [2, [priced(4)]]);
    expect(offers.map(({ billing }) => billing.priceMicroUsdPerNodeHour)).toEqual([3_000_000]);
    expect(market).toMatchObject([{ type: 'offer-priced', at: 2, priceMicroUsdPerNodeHour: 4_000_000 }]);
  });

  test('what is listed no more cannot be had until it is listed again', () => {
    const { market } = catalogues([0, [priced(3)]], [1, []], [2, [priced(3)]]);
    expect(market).toMatchObject([
      { type: 'depth-seen', at: 1, nodes: 0 },
      { type: 'depth-forgotten', at: 2 },
    ]);
  });

  test('what is listed later cannot be had from the first catalogue on until then', () => {
    const late = { ...priced(3), offerId: 'b' };
    const { market } = catalogues([0, [priced(3)]], [1, [priced(4)]], [2, [priced(4), late]]);
    expect(market).toMatchObject([
      { type: 'depth-seen', at: 0, offerId: 'b', nodes: 0 },
      { type: 'offer-priced', at: 1 },
      { type: 'depth-forgotten', at: 2, offerId: 'b' },
    ]);
  });

  test('a depth that was a refusal for a while is not what the catalogue says', () => {
    const depth = (...nodes: readonly (number | undefined)[]) =>
      catalogues(...nodes.map((count, at) => [at, [priced(3, count)]] as const)).offers[0]!.behaviour
        .availableNodes;
    expect(depth(2, undefined)).toBeUndefined();
    expect(depth(2, 8, 3)).toBe(8);
  });
});
