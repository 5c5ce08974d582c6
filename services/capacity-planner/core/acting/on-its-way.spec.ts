import { asked, hostAfter, offerOf } from './acting.samples.testing.js';
import type { HostEvent } from './host.events.js';
import { evolveHost } from './host.state.js';
import { isOnItsWay, onTheirWay } from './on-its-way.js';

const MINUTE = 60_000;
const order = asked('h1', offerOf('a'));
const withLead = { ...order, data: { ...order.data, leadMs: 4 * MINUTE } } as HostEvent;
const accepted: HostEvent = {
  type: 'host-accepted',
  data: { hostId: 'h1', vendorHostId: 'v', billedFrom: MINUTE },
};
const joined: HostEvent = { type: 'host-joined', data: { hostId: 'h1' } };
const ended: HostEvent = {
  type: 'host-ended',
  data: { hostId: 'h1', how: 'lost', endedAt: 2 * MINUTE, because: '' },
};
const askedHost = evolveHost(undefined, withLead, 0);
const starting = evolveHost(askedHost, accepted, MINUTE);

test('a host is on its way from when it is asked for until its lead time is over', () => {
  const when = [-1, 0, 4, 5].map((minute) => isOnItsWay(askedHost, minute * MINUTE));
  expect(when).toEqual([false, true, true, false]);
  // The vendor has it from the first minute on.
  expect([0, 1, 5, 6].map((minute) => isOnItsWay(starting, minute * MINUTE))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('one that has joined, has ended or is given up was on its way until then', () => {
  const given: HostEvent = { type: 'host-stop-asked', data: { hostId: 'h1', because: '' } };
  for (const event of [joined, ended, given]) {
    const host = evolveHost(starting, event, 2 * MINUTE);
    expect([1, 2].map((minute) => isOnItsWay(host, minute * MINUTE))).toEqual([true, false]);
  }
});

test('of an order that says no lead time its end or its silence decides', () => {
  const host = hostAfter(order);
  expect(isOnItsWay(host, host.askedAt + 9 * MINUTE)).toBe(true);
  expect(isOnItsWay(host, host.askedAt + 11 * MINUTE)).toBe(false);
});

test('of some offers, any will do', () => {
  const are = onTheirWay([starting]);
  expect([are(['b', 'a'], MINUTE), are(['b'], MINUTE), are([], MINUTE)]).toEqual([true, false, false]);
});
