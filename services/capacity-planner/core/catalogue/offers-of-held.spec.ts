import { runningHost, offerOf } from '../acting/acting.samples.testing.js';
import { fleetOfHosts } from '../acting/fleet-of-hosts.js';
import { prepare } from '../model/prepare.js';
import { plainGroup } from '../testing/plain-parts.js';
import { randomProblem } from '../testing/random-problem.js';
import type { Offer, OfferId } from './offer.js';
import { offersOfHeld } from './offers-of-held.js';

const known = (...offers: readonly Offer[]): ReadonlyMap<OfferId, Offer> =>
  new Map(offers.map((offer) => [offer.offerId, offer]));
const soldOut = offerOf('sold-out');
const fleet = fleetOfHosts([runningHost('h1', soldOut), runningHost('h2', soldOut)], 0);

test('an offer that is sold out stays as it was last known while we hold it, and no more of it can be had', () => {
  const offers = offersOfHeld(
    fleet.holdings,
    known(offerOf('a')),
    known(soldOut, offerOf('a'), offerOf('b')),
  );
  expect(offers).toEqual([{ ...soldOut, behaviour: { ...soldOut.behaviour, availableNodes: 2 } }]);
  const problem = {
    ...randomProblem(1, { vendors: 1, offers: 1, groups: 1, periodsMs: [900_000], gpus: 1 }),
    ...{ offers, fleet, quotas: [], commitments: [], groups: [plainGroup('group', 1)] },
    forecast: { madeAt: 0, groups: [], pooledErrors: [] },
  };
  expect(prepare(problem).units).toMatchObject([{ held: 2, cap: 2, offer: { billing: soldOut.billing } }]);
});

test('an offer that is listed is what the list says, and one that nobody ever knew is none', () => {
  expect(offersOfHeld(fleet.holdings, known(soldOut), known(soldOut))).toEqual([]);
  expect(offersOfHeld(fleet.holdings, known(), known(offerOf('a')))).toEqual([]);
});
