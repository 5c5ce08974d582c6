import { isRefusal } from '@slipway/kernel';
import { asked, hostAfter, offerOf } from '../acting/acting.samples.testing.js';
import type { Host } from '../acting/host.state.js';
import type { HostEvent } from '../acting/host.events.js';
import { periodOfTrace } from '../backtest/trace/period-of-trace.js';
import { readTrace } from '../backtest/trace/read-trace.js';
import type { Offer } from '../catalogue/offer.js';
import { offerIdOf } from '../catalogue/offer-id.js';
import { defaultPolicy } from '../policy.js';
import { CatalogueRecorder } from './record-catalogues.js';
import { recordPeriod, type KeptPeriod } from './record-period.js';
import { recordHosts } from './record-hosts.js';
import { waits } from './waits.js';
import { whatHappened } from './what-happened.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const key = 'gpu:H100x1 cpu:4000 mem:16384 region:us class:batch';
const id = (offer: Offer): string => offerIdOf(offer);
const spot: Offer = { ...offerOf('x', { purchase: 'spot', geo: 'us' }), offerId: '' };
const offer: Offer = { ...spot, offerId: id(spot), pricedAt: Date.UTC(2026, 8, 1) };

const held = (hostId: string, billedFrom: number, end?: { how: 'stopped' | 'preempted'; at: number }): Host =>
  hostAfter(
    asked(hostId, offer),
    { type: 'host-accepted', data: { hostId, vendorHostId: hostId, billedFrom } },
    ...(end === undefined
      ? []
      : [{ type: 'host-ended', data: { hostId, how: end.how, endedAt: end.at, because: '' } } as HostEvent]),
  );
const refused = (hostId: string, at: number): Host =>
  ({
    ...hostAfter(asked(hostId, offer)),
    ...{ status: 'refused', code: 'no-capacity', because: '', endedAt: at },
  }) as Host;

const hosts = [
  held('h1', 0),
  held('h2', HOUR, { how: 'preempted', at: 2 * HOUR }),
  held('h3', 3 * HOUR, { how: 'stopped', at: 3.5 * HOUR }),
  refused('h4', 90 * MINUTE),
];

const catalogues = (...dated: readonly (readonly [number, readonly Offer[]])[]) => {
  const recorder = new CatalogueRecorder();
  for (const [at, offers] of dated) recorder.see({ at, offers, outagesPerHour: 0 });
  return recorder.recorded();
};

const kept: KeptPeriod = {
  from: HOUR,
  until: 4 * HOUR,
  steps: Array.from({ length: 48 }, (_, step) => ({
    startsAt: step * 5 * MINUTE,
    containers: { [key]: step < 24 ? 2 : 1 },
  })),
  catalogues: catalogues([0, [offer]]),
  quotas: [{ quotaId: 'lambda/H100', scope: { vendor: 'lambda', gpuType: 'H100' }, limit: 64 }],
  hosts,
  commitments: [],
  floors: new Map([[key, 1]]),
  home: { vendor: 'aws', region: 'us-east-1', gibPerContainerHour: 2 },
  policy: { ...defaultPolicy, spot: { ...defaultPolicy.spot, maxMarketShare: 0.5 } },
};

const readAgain = (period: KeptPeriod) => {
  const text = recordPeriod(period)
    .map((row) => JSON.stringify(row))
    .join('\n');
  return readTrace('recorded', text, Date.UTC(2026, 10, 1));
};

describe('a recorded period', () => {
  test('reads again as a trace without a fault, and says what was kept', () => {
    const { trace, faults } = readAgain(kept);
    expect(faults).toEqual([]);
    expect(trace.span).toMatchObject({ from: -3 * HOUR, until: 4 * HOUR, warmUpMs: 4 * HOUR });
    expect(trace.policy).toEqual(JSON.parse(JSON.stringify(kept.policy)));
    expect(trace.quotas).toEqual(kept.quotas);
    expect(trace.groups).toMatchObject([{ groupId: key, floorContainers: 1, home: kept.home }]);
    expect(trace.demand.map(({ at, containers }) => [at, containers])).toEqual([
      [0, 2],
      [2 * HOUR, -1],
    ]);
  });

  test('can be run again: depth and losses are what hosts met', () => {
    const made = periodOfTrace({
      trace: readAgain(kept).trace,
      name: 'r',
      supply: 9,
      seed: 1,
      prices: kept.policy,
    });
    if (isRefusal(made)) throw new Error(made.message);
    const [history] = made.period.histories;
    const at = (hour: number): number => (hour + 3) * 4;
    // The accounts begin where the period does: a fleet is built up before it.
    expect(made.period.startsAt + made.period.warmUpSteps * made.period.stepMs).toBe(HOUR);
    // Nobody was refused before an hour and a half; then two were held and no more, for half an hour.
    expect(history!.openNodes.slice(at(1.5), at(2.25))).toEqual([2, 2, 9]);
    expect(history!.lostShare[at(2)]).toBe(0.5);
    expect(history!.lostShare.filter((share) => share > 0)).toHaveLength(1);
    expect(made.period.demand[0]!.slice(made.period.pastSteps + made.period.warmUpSteps)).toEqual([
      2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1,
    ]);
  });

  test('an offer that is listed within it cannot be had before, and a refusal that ages does not open it', () => {
    const moved = { ...offer, region: 'elsewhere' };
    const other = { ...moved, offerId: id(moved) };
    const listedLate = recordPeriod({
      ...kept,
      catalogues: catalogues([-3 * HOUR, [other]], [2 * HOUR + 15 * MINUTE, [other, offer]]),
    });
    const text = listedLate.map((row) => JSON.stringify(row)).join('\n');
    const { trace } = readTrace('recorded', text, Date.UTC(2026, 10, 1));
    const made = periodOfTrace({ trace, name: 'r', supply: 9, seed: 1, prices: kept.policy });
    if (isRefusal(made)) throw new Error(made.message);
    const { offers, histories } = made.period;
    const { openNodes } = histories[offers.findIndex(({ offerId }) => offerId === offer.offerId)]!;
    // It was refused at half past one, until two.
    expect(openNodes).toEqual(openNodes.map((_, step) => (step < 21 ? 0 : 9)));
  });

  test('what is bought in ways that catalogues have no column for is left out, and that is told', () => {
    const rows = recordPeriod({
      ...kept,
      catalogues: catalogues([0, [offer, { ...offer, purchase: 'block', offerId: 'b' }]]),
    });
    expect(rows.filter(({ type }) => type === 'offer')).toHaveLength(1);
    expect(rows.find(({ type }) => type === 'note')).toMatchObject({
      text: expect.stringContaining('1 offers') as string,
    });
  });

  test('commitments of the time, its warm-up among it, are rows that read again; those of other times are none of it', () => {
    const terms = { kind: 'nodes', vendor: 'lambda', gpuType: 'H100', nodes: 2 } as const;
    const priced = { ...terms, priceMicroUsdPerNodeHour: 1 };
    const ofTheTime = { ...priced, commitmentId: 'of-the-time', startsAt: 0, endsAt: 2 * HOUR };
    const { trace, faults } = readAgain({
      ...kept,
      commitments: [
        { ...priced, commitmentId: 'over', startsAt: -9 * HOUR, endsAt: -3 * HOUR },
        ofTheTime,
        { ...priced, commitmentId: 'to-come', startsAt: 4 * HOUR, endsAt: 9 * HOUR },
      ],
    });
    expect(faults).toEqual([]);
    expect(trace.commitments).toEqual([ofTheTime]);
    // Of the hosts that are spot, as vendors bill, nothing.
    expect(trace.happened).toMatchObject({ coveredMicroUsd: 0 });
    expect(trace.notes).toEqual([]);
  });
});

describe('what hosts did', () => {
  test('costs count from the first moment to the last, whatever came before and after', () => {
    const hourly = 3_600_000;
    expect(whatHappened(hosts, HOUR, 4 * HOUR)).toEqual({
      ...{ costMicroUsd: hourly * (3 + 1 + 0.5), starts: 2, stops: 1, refused: 1, taken: 1 },
    });
    const firm = hosts.map((host): Host => ({ ...host, purchase: 'on-demand' }));
    const one = { kind: 'nodes', vendor: offer.vendor, gpuType: 'H100', nodes: 1 } as const;
    const committed = {
      ...one,
      priceMicroUsdPerNodeHour: 1,
      commitmentId: 'c',
      startsAt: 0,
      endsAt: 2 * HOUR,
    };
    expect(whatHappened(firm, HOUR, 4 * HOUR, [committed])).toMatchObject({
      costMicroUsd: hourly * 4.5,
      coveredMicroUsd: hourly,
    });
    expect(whatHappened(hosts, HOUR, 1.5 * HOUR)).toMatchObject({
      costMicroUsd: hourly,
      starts: 1,
      refused: 0,
    });
    expect(whatHappened(hosts, -HOUR, 0).costMicroUsd).toBe(0);
  });

  test('refusals that are heard again and again hold on until the last is forgotten', () => {
    const again = [refused('h1', 0), refused('h2', 20 * MINUTE)];
    expect(recordHosts(again, 0, 9 * HOUR).map(({ type, at }) => [type, at])).toEqual([
      ['depth-seen', 0],
      ['depth-seen', 20 * MINUTE],
      ['depth-forgotten', 80 * MINUTE],
    ]);
  });

  test('of before a stretch of time there is only what still holds when it begins', () => {
    const events = (from: number) =>
      recordHosts([...hosts, refused('h5', 5)], from, 9 * HOUR).map(({ type, at }) => [type, at]);
    expect(events(1.75 * HOUR)).toEqual([
      ['depth-seen', 1.5 * HOUR],
      ['depth-reached', 1.75 * HOUR],
      ['depth-forgotten', 2 * HOUR],
      ['nodes-taken', 2 * HOUR],
      ['depth-reached', 3 * HOUR],
    ]);
    expect(events(3.75 * HOUR)).toEqual([['depth-reached', 3.75 * HOUR]]);
  });

  test('hosts that are taken at once are one loss', () => {
    const end = { how: 'preempted', at: HOUR } as const;
    const both = [held('h1', 0, end), held('h2', 0, { ...end, at: HOUR + MINUTE }), held('h3', 0)];
    expect(recordHosts(both, 0, 2 * HOUR).filter(({ type }) => type === 'nodes-taken')).toMatchObject([
      { at: HOUR, takenNodes: 2, heldNodes: 3 },
    ]);
  });
});

describe('what was waited for', () => {
  const two = 'gpu:H100x2 cpu:1000 mem:1024 class:batch';
  const metered = [
    { startsAt: 0, containers: { [two]: 9 }, lacking: { [two]: 9 } },
    { startsAt: HOUR, containers: { [two]: 3 }, lacking: { [two]: 0.5 } },
    { startsAt: 1.5 * HOUR, containers: { [two]: 1 }, lacking: { [two]: 0 } },
    { startsAt: 1.75 * HOUR, containers: { [two]: 50 } },
  ];

  test('counts in GPUs, within the period and the steps in which it was metered alone', () => {
    expect(waits(metered, HOUR, 2 * HOUR)).toEqual({ wantedGpuMs: 40 * MINUTE, waitedGpuMs: 5 * MINUTE });
  });

  test('is not known where it was not metered', () => {
    expect(waits([{ startsAt: HOUR, containers: { [two]: 3 } }], 0, 2 * HOUR)).toBeUndefined();
    const { trace, faults } = readAgain({ ...kept, steps: metered });
    expect(faults).toEqual([]);
    expect(trace.happened).toMatchObject({ waitedGpuMs: 5 * MINUTE });
    expect(readAgain(kept).trace.happened).not.toHaveProperty('waitedGpuMs');
  });
});
