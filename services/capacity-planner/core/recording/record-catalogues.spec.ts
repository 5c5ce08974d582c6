import fc from 'fast-check';
import { offerOf } from '../acting/acting.samples.testing.js';
import { LearnedLosses } from '../backtest/learned-losses.js';
import type { Offer } from '../catalogue/offer.js';
import { NO_OUTAGES_SEEN, outagesPerHour, withOutages } from '../lessons/outages.js';
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

  test('catalogues with spot offers that do not say what their rates were raised by are counted', () => {
    const recorder = new CatalogueRecorder();
    const spot: Offer = { ...offer, purchase: 'spot' };
    recorder.see({ at: 0, offers: [{ ...offer, purchase: 'on-demand' }] });
    recorder.see({ at: 1, offers: [spot], outagesPerHour: 0 });
    expect(recorder.recorded().unsaidRaises).toBe(0);
    recorder.see({ at: 2, offers: [spot] });
    expect(recorder.recorded().unsaidRaises).toBe(1);
  });

  test('a depth that was a refusal for a while is not what the catalogue says', () => {
    const depth = (...nodes: readonly (number | undefined)[]) =>
      catalogues(...nodes.map((count, at) => [at, [priced(3, count)]] as const)).offers[0]!.behaviour
        .availableNodes;
    expect(depth(2, undefined)).toBeUndefined();
    expect(depth(2, 8, 3)).toBe(8);
  });

  test('rates of preemption are those that catalogues claim: what losses taught is learnt anew where the record is run again', () => {
    const rate = fc.integer({ min: 0, max: 2_000 }).map((thousandths) => thousandths / 1_000);
    fc.assert(
      fc.property(rate, rate, rate, (claimed, before, now) => {
        const spot = offerOf('s', { purchase: 'spot' });
        const claims: Offer = { ...spot, behaviour: { ...spot.behaviour, preemptionsPerNodeHour: claimed } };
        const recorder = new CatalogueRecorder();
        for (const [at, raise] of [before, now].entries()) {
          const offers = [withOutages(claims, raise), withOutages(offer, raise)];
          recorder.see({ at, offers, outagesPerHour: raise });
        }
        const [recorded, firm] = recorder.recorded().offers;
        expect(recorded!.behaviour.preemptionsPerNodeHour).toBeCloseTo(claimed, 9);
        expect(firm).toEqual(offer);
        const reckoned = new LearnedLosses().told([recorded!])[0]!.behaviour.preemptionsPerNodeHour;
        expect(reckoned).toBeCloseTo(claimed + outagesPerHour(NO_OUTAGES_SEEN), 9);
      }),
    );
  });
});
