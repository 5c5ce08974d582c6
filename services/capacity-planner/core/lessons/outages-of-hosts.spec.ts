import { accepted, asked, hostAfter, joined, offerOf } from '../acting/acting.samples.testing.js';
import type { Host } from '../acting/host.state.js';
import type { Offer } from '../catalogue/offer.js';
import { outagesOfHosts } from './outages-of-hosts.js';
import { NO_OUTAGES_SEEN, outagesPerHour, withOutages } from './outages.js';

const HOUR_MS = 3_600_000;
const spot = offerOf('a', { purchase: 'spot' });
const elsewhere = offerOf('b', { purchase: 'spot', region: 'eu-1' });
const firm = offerOf('c');
const offers = new Map([spot, elsewhere, firm].map((offer) => [offer.offerId, offer]));

const standing = (hostId: string, offer: Offer): Host =>
  hostAfter(asked(hostId, offer), accepted(hostId), joined(hostId));
const ended = (hostId: string, offer: Offer, how: 'preempted' | 'lost' | 'stopped', endedAt: number): Host =>
  hostAfter(asked(hostId, offer), accepted(hostId), joined(hostId), {
    type: 'host-ended',
    data: { hostId, how, endedAt, because: '' },
  });
const perHour = (hosts: readonly Host[], at = 10 * HOUR_MS): number =>
  outagesPerHour(outagesOfHosts(hosts, offers, at));

describe('what our own spot hosts teach of outages', () => {
  test('nothing where there were none, and hosts on demand say nothing', () => {
    expect(outagesOfHosts([], offers, HOUR_MS)).toEqual(NO_OUTAGES_SEEN);
    expect(outagesOfHosts([ended('h', firm, 'lost', HOUR_MS)], offers, HOUR_MS)).toEqual(NO_OUTAGES_SEEN);
  });

  test('hours without one speak for the market, hosts that were taken or went without a word against it', () => {
    const before = outagesPerHour(NO_OUTAGES_SEEN);
    expect(perHour([standing('h', spot)])).toBeLessThan(before);
    for (const how of ['preempted', 'lost'] as const)
      expect(perHour([ended('h', spot, how, HOUR_MS)])).toBeGreaterThan(before);
    expect(perHour([ended('h', spot, 'stopped', HOUR_MS)])).toBeLessThan(before);
  });

  test('each market counts alike, however many of our hosts stood in it', () => {
    const taken = (count: number) =>
      Array.from({ length: count }, (_, index) => ended(`h${index}`, spot, 'preempted', HOUR_MS));
    expect(perHour(taken(20))).toBeCloseTo(perHour(taken(1)), 9);
    expect(perHour([...taken(1), standing('other', elsewhere)])).toBeLessThan(perHour(taken(1)));
  });

  test('what the catalogue expects to be taken is not counted twice', () => {
    const known = { ...spot, behaviour: { ...spot.behaviour, preemptionsPerNodeHour: 1 } };
    const hosts = [ended('h', spot, 'preempted', HOUR_MS)];
    const beyond = outagesPerHour(outagesOfHosts(hosts, new Map([['a', known]]), HOUR_MS));
    expect(beyond).toBeLessThan(perHour(hosts, HOUR_MS));
  });

  test('weeks ago is forgotten', () => {
    const at = 30 * 24 * HOUR_MS;
    expect(outagesOfHosts([ended('h', spot, 'preempted', HOUR_MS)], offers, at)).toEqual(NO_OUTAGES_SEEN);
  });
});

test('only spot offers are taken by outages', () => {
  expect(withOutages(spot, 0.25).behaviour.preemptionsPerNodeHour).toBe(0.25);
  expect(withOutages(firm, 0.25)).toBe(firm);
});
