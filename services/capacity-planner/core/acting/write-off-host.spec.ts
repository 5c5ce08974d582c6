import { asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import { hostCostMicroUsd } from './host-cost.js';
import type { HostEvent } from './host.events.js';
import { evolveHost, type Host } from './host.state.js';
import { writeOffHost, type WriteOff } from './write-off-host.js';

const HOUR_MS = 3_600_000;
const order: WriteOff = {
  ...{ hostId: 'h1', by: 'ada', reason: 'the account is closed', at: 3 * HOUR_MS },
  asked: new Set(['other']),
};
const host = runningHost('h1', offerOf('a'));

const after = (before: Host, write: WriteOff): Host =>
  evolveHost(before, (writeOffHost(before, write) as readonly HostEvent[])[0]!, write.at);

test('a host whose vendor nobody can ask ends when an operator says, and costs nothing from then on', () => {
  const ended = after(host, { ...order, endedAt: HOUR_MS });
  expect(ended).toMatchObject({ status: 'ended', how: 'written-off', endedAt: HOUR_MS });
  expect(hostCostMicroUsd(ended, order.at)).toBe(hostCostMicroUsd(host, HOUR_MS));
});

test('it is written down who said so, and why; without a moment it ends now', () => {
  const { hostId, by, reason, at } = order;
  expect(writeOffHost(host, order)).toEqual([
    { type: 'host-ended', data: { hostId, how: 'written-off', endedAt: at, because: reason, by } },
  ]);
});

test('one that was asked for and not paid for is given up', () => {
  const given = after(hostAfter(asked('h1')), order);
  expect(given).toMatchObject({ status: 'abandoned', endedAt: order.at });
  expect(hostCostMicroUsd(given, order.at)).toBe(0);
});

test.each<[string, Host | undefined, Partial<WriteOff>, string, RegExp]>([
  ['that there is not', undefined, {}, 'host-not-found', /no host 'h1'; plan hosts lists/],
  ['that is over', after(host, order), {}, 'host-over', /h1 is over since 1970-01-01T03:00:00.000Z/],
  [
    'whose vendor is asked',
    host,
    { asked: new Set(['lambda']) },
    'vendor-asked',
    /h1 is lambda, which is asked/,
  ],
  [
    'before it was paid for',
    host,
    { endedAt: -1 },
    'moment',
    /^at is 1969-.*must not be before 1970-01-01T00:00:00/,
  ],
  [
    'before it was asked for',
    hostAfter(asked('h1')),
    { endedAt: -1 },
    'moment',
    /since when the host h1 was asked for/,
  ],
  [
    'in the future',
    host,
    { endedAt: order.at + 1 },
    'moment',
    /^at is 1970-01-01T03:00:00.001Z; it must not be in the f/,
  ],
])('a host %s is not written off', (_, before, changes, code, message) => {
  expect(writeOffHost(before, { ...order, ...changes })).toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});
