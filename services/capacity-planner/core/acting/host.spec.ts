import { isRefusal } from '@slipway/kernel';
import fc from 'fast-check';
import { accepted, asked, hostAfter, offerOf, orderOf, runningHost } from './acting.samples.testing.js';
import { fleetOfHosts } from './fleet-of-hosts.js';
import { billedSeconds, hostCostMicroUsd } from './host-cost.js';
import {
  acceptHost,
  adoptOrphan,
  askHost,
  drainHost,
  endHost,
  joinHost,
  keepHost,
  noticePreemption,
  refuseHost,
  repriceHost,
  stopHost,
  stopOverdueHost,
} from './host.decide.js';
import type { HostEvent } from './host.events.js';
import { evolveHost, isOver, type Host } from './host.state.js';
import { spentMicroUsd } from './spent.js';

const why = { planId: 'pl-1', because: 'the plan holds one' };

describe('a host', () => {
  test('is asked for once', () => {
    expect(askHost(undefined, orderOf('h1'), why)).toHaveLength(1);
    expect(askHost(hostAfter(asked('h1')), orderOf('h1'), why)).toEqual([]);
  });

  test('that was refused cost nothing, unless its vendor made it all the same', () => {
    const host = hostAfter(asked('h1'), {
      type: 'host-refused',
      data: { hostId: 'h1', code: 'unreachable', because: 'no answer' },
    });
    expect(host).toMatchObject({ status: 'refused', code: 'unreachable', because: 'no answer' });
    expect(hostCostMicroUsd(host, 3_600_000)).toBe(0);
    expect(acceptHost(host, { vendorHostId: 'v-h1', billedFrom: 500 })).toMatchObject([
      { type: 'host-accepted', data: { billedFrom: 500 } },
    ]);
  });

  test('is one machine: a second one with its mark is a conflict', () => {
    const host = hostAfter(asked('h1'), accepted('h1'));
    expect(acceptHost(host, { vendorHostId: 'v-h1', billedFrom: 0 })).toEqual([]);
    expect(isRefusal(acceptHost(host, { vendorHostId: 'v-other', billedFrom: 0 }))).toBe(true);
  });

  test('that has not joined is stopped, not drained', () => {
    expect(drainHost(hostAfter(asked('h1'), accepted('h1')), 'pl-2', 'too many')).toMatchObject([
      { type: 'host-stop-asked' },
    ]);
    expect(drainHost(runningHost('h1'), 'pl-2', 'too many')).toMatchObject([{ type: 'host-drain-begun' }]);
  });

  test('that drains may be kept, but not when its vendor takes it', () => {
    const running = runningHost('h1');
    const drained = evolveHost(running, (drainHost(running, 'pl-2', '') as HostEvent[])[0]!, 5_000);
    expect(keepHost(drained, 'pl-3')).toHaveLength(1);
    let taken = running;
    for (const event of noticePreemption(running, 120_000) as HostEvent[])
      taken = evolveHost(taken, event, 5_000);
    expect(taken).toMatchObject({ status: 'draining', takenAt: 120_000 });
    expect(keepHost(taken, 'pl-3')).toEqual([]);
    expect(noticePreemption(taken, 120_000)).toEqual([]);
  });

  test('that its vendor takes while it starts is drained as soon as it has joined', () => {
    let host = hostAfter(asked('h1'), accepted('h1'));
    for (const event of noticePreemption(host, 120_000) as HostEvent[]) host = evolveHost(host, event, 5_000);
    expect(host.status).toBe('starting');
    for (const event of joinHost(host) as HostEvent[]) host = evolveHost(host, event, 6_000);
    expect(host).toMatchObject({ status: 'draining', drainingSince: 6_000, takenAt: 120_000 });
  });
});

describe('what a host costs', () => {
  const hour = (billing: Partial<Host['billing']>): Host =>
    hostAfter(
      asked('h1', offerOf('a', { billing: { ...offerOf('a').billing, ...billing } })),
      accepted('h1'),
    );

  test.each([
    ['by the second', {}, 61_000, 61],
    ['a begun second is a second', {}, 60_001, 61],
    ['at least the minimum', { minimumSeconds: 600 }, 61_000, 600],
    ['by the increment', { incrementSeconds: 3_600 }, 3_601_000, 7_200],
    ['nothing before it is paid for, then the minimum at once', {}, 0, 60],
  ])('%s', (_, billing, at, seconds) => {
    expect(billedSeconds(hour(billing), at)).toBe(seconds);
    expect(hostCostMicroUsd(hour(billing), at)).toBe(seconds * 1_000);
  });

  test('each increment at the price of its beginning', () => {
    const host = hostAfter(asked('h1'), accepted('h1'));
    const repriced = repriceHost(host, { from: 100_000, priceMicroUsdPerNodeHour: 7_200_000 }) as HostEvent[];
    const after = evolveHost(host, repriced[0]!, 100_000);
    expect(hostCostMicroUsd(after, 150_000)).toBe(100 * 1_000 + 50 * 2_000);
    expect(repriceHost(after, { from: 200_000, priceMicroUsdPerNodeHour: 7_200_000 })).toEqual([]);
  });

  test('of a day is what was not paid for before it', () => {
    const host = runningHost('h1');
    expect(spentMicroUsd([host], 0, 7_200_000)).toBe(7_200_000);
    expect(spentMicroUsd([host], 3_600_000, 7_200_000)).toBe(3_600_000);
  });

  test('does not grow once it has ended', () => {
    const running = runningHost('h1');
    const end = endHost(running, { how: 'lost', endedAt: 90_500, because: '' }) as HostEvent[];
    const ended = evolveHost(running, end[0]!, 200_000);
    expect(hostCostMicroUsd(ended, 1e9)).toBe(91_000);
  });
});

describe('the fleet that the planner sees', () => {
  test('has what serves and starts, apart what leaves, and until when it is paid', () => {
    const hourly = offerOf('a', { billing: { ...offerOf('a').billing, incrementSeconds: 3_600 } });
    const running = runningHost('h1', hourly);
    const leaving = runningHost('h2', hourly);
    const [drain] = drainHost(leaving, 'pl-2', '') as HostEvent[];
    const hosts = [running, evolveHost(leaving, drain!, 5_000), hostAfter(asked('h3', hourly))];
    expect(fleetOfHosts(hosts, 10_000).holdings).toEqual([
      {
        ...{ offerId: 'a', nodes: 2, startingNodes: 1, drainingNodes: 1 },
        paidUntil: [{ at: 3_600_000, nodes: 1 }],
      },
    ]);
  });
});

test('whatever is decided in whatever order, the ledger folds, cost is an integer that never falls, and an end is the end', () => {
  const step = fc.record({
    what: fc.constantFrom(
      ...([
        'ask',
        'refuse',
        'accept',
        'join',
        'reprice',
        'drain',
        'keep',
        'notice',
        'stop',
        'giveUp',
        'end',
        'adopt',
      ] as const),
    ),
    afterMs: fc.integer({ min: 0, max: 5_000_000 }),
    price: fc.integer({ min: 1, max: 200_000_000 }),
  });
  const billing = fc.record({
    priceMicroUsdPerNodeHour: fc.integer({ min: 1, max: 200_000_000 }),
    incrementSeconds: fc.constantFrom(1, 60, 600, 3_600),
    minimumSeconds: fc.constantFrom(0, 60, 3_600),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), billing, (steps, terms) => {
      const order = orderOf('h1', offerOf('a', { billing: terms }));
      let host: Host | undefined;
      let at = 0;
      let cost = 0;
      for (const { what, afterMs, price } of steps) {
        at += afterMs;
        const wasOver = host !== undefined && isOver(host);
        const decision = decideAny(what, host, { order, at, price });
        if (!isRefusal(decision)) for (const event of decision) host = evolveHost(host, event, at);
        if (host === undefined) continue;
        const now = hostCostMicroUsd(host, at);
        expect(Number.isSafeInteger(now)).toBe(true);
        expect(now).toBeGreaterThanOrEqual(cost);
        if (wasOver && host.status === 'ended') expect(now).toBe(cost);
        cost = now;
      }
    }),
    { numRuns: 3_000 },
  );
});

const decideAny = (
  what: string,
  host: Host | undefined,
  { order, at, price }: Readonly<{ order: Host | ReturnType<typeof orderOf>; at: number; price: number }>,
) => {
  const billed = { vendorHostId: 'v-1', billedFrom: at };
  if (what === 'ask') return askHost(host, order, why);
  if (what === 'adopt') return adoptOrphan(host, order, billed);
  if (host === undefined) return [];
  const decide: Record<string, () => ReturnType<typeof joinHost>> = {
    refuse: () => refuseHost(host, 'no-capacity', ''),
    accept: () => acceptHost(host, billed),
    join: () => joinHost(host),
    reprice: () => repriceHost(host, { from: at, priceMicroUsdPerNodeHour: price }),
    drain: () => drainHost(host, 'pl-2', ''),
    keep: () => keepHost(host, 'pl-3'),
    notice: () => noticePreemption(host, at + 120_000),
    stop: () => stopHost(host, ''),
    giveUp: () => stopOverdueHost(host, ''),
    end: () => endHost(host, { how: 'stopped', endedAt: at, because: '' }),
  };
  return decide[what]!();
};
