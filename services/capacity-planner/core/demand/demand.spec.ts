import fc from 'fast-check';
import type { Fact } from '@slipway/contracts';
import type { DemandGroup } from './demand-group.js';
import { DemandLedger, toBuyFor } from './demand-ledger.js';
import { DemandMeter, type MeteredStep } from './demand-meter.js';
import { standingOnHosts } from '../fleet/standing-on-hosts.js';
import { forecastDemand } from './forecast-demand.js';
import { groupOfKey } from './group-of-key.js';
import { SERIES_STEP_MS as STEP, seriesOf } from './demand-series.js';
import { traceOf } from './testing/demand-traces.testing.js';

const KEY = 'gpu:H100x1 cpu:1000 mem:1024 class:batch';
const HOUR = 3_600_000;

const created = (taskId: string, workerId: string): Fact => ({
  at: 0,
  type: 'task-created',
  taskId,
  functionId: 'fu-1',
  appId: 'ap-1',
  workspaceId: 'ws-1',
  workerId,
  demandKey: KEY,
});
const joined = (workerId: string, offerId: string): Fact => ({
  at: 0,
  type: 'worker-joined',
  workerId,
  bootId: 'b',
  capacity: {
    milliCpu: 1,
    memoryMiB: 1,
    gpus: [],
    runtime: 'runc',
    host: { hostId: workerId, offerId, vendor: 'v', region: 'r', instanceType: 'i', purchase: 'spot' },
  },
});

describe('what is wanted, from the facts', () => {
  test("hosts that were bought, a site's own machines and what finds no room are told apart", () => {
    const ledger = new DemandLedger();
    [joined('w-1', 'o-1'), created('t-1', 'w-1'), created('t-2', 'w-1'), created('t-3', 'w-own')].forEach(
      (fact) => ledger.fold(fact),
    );
    ledger.fold({ at: 0, type: 'room-lacked', functionId: 'fu-1', demandKey: KEY, containers: 5 });
    expect(ledger.wanted().get(KEY)).toEqual({ bought: 2, own: 1, lacking: 5 });
    expect(toBuyFor(ledger.wanted().get(KEY)!)).toBe(7);
    expect(ledger.running()).toEqual([{ demandKey: KEY, offerId: 'o-1', containers: 2 }]);
    expect(standingOnHosts(ledger.standing())).toEqual([
      { offerId: 'o-1', running: [{ groupId: KEY, containers: 2 }] },
    ]);
    ledger.fold({ at: 0, type: 'task-ended', taskId: 't-1', reason: 'idle' });
    ledger.fold({ at: 0, type: 'room-found', functionId: 'fu-1' });
    expect(ledger.wanted().get(KEY)).toEqual({ bought: 1, own: 1, lacking: 0 });
  });

  test('facts that come twice change nothing, and the ledger is the same after it was written down', () => {
    const facts = [joined('w-1', 'o-1'), created('t-1', 'w-1'), created('t-2', 'w-2')];
    const once = new DemandLedger();
    facts.forEach((fact) => once.fold(fact));
    const twice = new DemandLedger(JSON.parse(JSON.stringify(once.toState())));
    facts.forEach((fact) => twice.fold(fact));
    expect(twice.toState()).toEqual(once.toState());
  });
});

describe('the meter', () => {
  test('averages over the time that a level held', () => {
    const meter = new DemandMeter();
    meter.set(new Map([[KEY, 4]]), 0);
    meter.set(new Map([[KEY, 0]]), STEP / 2);
    expect(meter.advance(STEP)).toEqual([{ startsAt: 0, containers: { [KEY]: 2 } }]);
    expect(meter.advance(2 * STEP)).toEqual([{ startsAt: STEP, containers: {} }]);
  });

  test('a long silence is a hole, and so is a clock that was set back', () => {
    const meter = new DemandMeter();
    meter.set(new Map([[KEY, 4]]), 0);
    expect(meter.advance(24 * HOUR)).toEqual([]);
    expect(meter.advance(24 * HOUR + STEP)).toHaveLength(1);
    expect(meter.advance(HOUR)).toEqual([]);
    expect(meter.advance(HOUR + STEP).map(({ startsAt }) => startsAt)).toEqual([HOUR]);
    expect(meter.advance(NaN)).toEqual([]);
  });

  test('whatever the clock does, no average is above the highest level nor negative', () => {
    const jumps = fc.array(
      fc.record({
        byMs: fc.integer({ min: -20 * HOUR, max: 20 * HOUR }),
        level: fc.integer({ min: 0, max: 50 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(jumps, (moves) => {
        const meter = new DemandMeter();
        let at = 1_000 * HOUR;
        const steps: MeteredStep[] = [];
        for (const { byMs, level } of moves) steps.push(...meter.set(new Map([[KEY, level]]), (at += byMs)));
        const highest = Math.max(0, ...moves.map(({ level }) => level));
        for (const { containers, startsAt } of steps) {
          expect(startsAt % STEP).toBe(0);
          expect(containers[KEY] ?? 0).toBeLessThanOrEqual(highest);
          expect(containers[KEY] ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

test('points as a series: doubles, negatives and the future are no values', () => {
  const at = 10 * STEP + 1;
  const points = [
    { startsAt: 7 * STEP, containers: 1 },
    { startsAt: 7 * STEP, containers: 2 },
    { startsAt: 8 * STEP, containers: -1 },
    { startsAt: 9 * STEP, containers: NaN },
    { startsAt: 10 * STEP, containers: 5 },
  ];
  expect(seriesOf(points, at)).toEqual({
    startsAt: 7 * STEP,
    stepMs: STEP,
    values: [2, undefined, undefined],
  });
});

describe('groups by their keys', () => {
  const offer = (region: string, geo: string, gpuType: string) => ({
    vendor: 'v',
    region,
    geo,
    shape: { gpuType },
  });
  const offers = [
    offer('us-east-1', 'us', 'H100'),
    offer('europe-west4', 'eu', 'A100-80GB'),
    offer('x', 'us', 'CPU'),
  ];

  test('pins become the regions of the catalogue, or stay where it has none', () => {
    const pinned = (pins: string) =>
      groupOfKey(`gpu:nonex0 cpu:1000 mem:1024 region:${pins} class:batch`, offers, new Map())?.pins.regions;
    expect(pinned('us')).toEqual(['us-east-1', 'x']);
    expect(pinned('eu')).toEqual(['europe-west4']);
    expect(pinned('ap')).toEqual(['ap']);
  });

  test('`any` GPU is any that the catalogue has', () => {
    const gpus = (types: string) =>
      groupOfKey(`gpu:${types}x1 cpu:1000 mem:1024 class:batch`, offers, new Map())?.gpuTypes;
    expect(gpus('A100-80GB,H100')).toEqual(['A100-80GB', 'H100']);
    expect(gpus('any')).toEqual(['A100-80GB', 'H100']);
    expect(gpus('none')).toEqual(['CPU']);
  });

  test('no key, no group; floors are those of the key', () => {
    expect(groupOfKey('rubbish', offers, new Map())).toBeUndefined();
    expect(groupOfKey(KEY, offers, new Map([[KEY, 3]]))?.floorContainers).toBe(3);
  });
});

describe('the forecast of a horizon', () => {
  const group = groupOfKey(KEY, [], new Map()) as DemandGroup;
  const periodsMs = [15, 15, 30, 60, 120].map((minutes) => minutes * 60_000);
  const at = 20_010 * 86_400_000;

  const metered = (days: number, keep: (index: number) => boolean = () => true): readonly MeteredStep[] =>
    traceOf('diurnal', 1, days)
      .values.map((value, index, all) => ({
        startsAt: at - (all.length - index) * STEP,
        containers: { [KEY]: value! },
      }))
      .filter((_, index) => keep(index));

  const ask = (steps: readonly MeteredStep[], now = 0) =>
    forecastDemand({ at, groups: [group], steps, wantedNow: new Map([[KEY, now]]), periodsMs });

  test('has quantiles that rise, and a buffer that is read from pooled errors', () => {
    const { groups, pooledErrors } = ask(metered(7));
    for (const { quantiles } of groups[0]!.periods) {
      const containers = quantiles.map((quantile) => quantile.containers);
      expect(containers).toEqual(containers.toSorted((a, b) => a - b));
    }
    expect(pooledErrors[0]?.gpuType).toBe('H100');
    expect(pooledErrors[0]!.quantiles.at(-1)!.gpus).toBeGreaterThan(pooledErrors[0]!.quantiles[0]!.gpus);
  });

  test('has a buffer of their own for those of a GPU type who may stand in the same places', () => {
    const groupIds = ['everywhere', 'firm', 'here', 'here-too', 'there'] as DemandGroup['groupId'][];
    const geosOf: Readonly<Record<string, readonly string[]>> = {
      ...{ everywhere: [], firm: [], here: ['eu', 'us'] },
      ...{ 'here-too': ['us', 'eu'], there: ['ap'] },
    };
    const { pooledErrors } = forecastDemand({
      ...{ at, periodsMs, wantedNow: new Map() },
      groups: groupIds.map((groupId) => ({
        ...group,
        groupId,
        pins: { ...group.pins, geos: geosOf[groupId]! },
        spot: groupId === 'firm' ? ('refused' as const) : ('tolerated' as const),
      })),
      steps: metered(7).map(({ startsAt, containers }) => ({
        startsAt,
        containers: Object.fromEntries(groupIds.map((groupId) => [groupId, containers[KEY]!])),
      })),
    });
    expect(pooledErrors.map((error) => error.groupIds)).toEqual([
      ['firm'],
      ['everywhere', 'firm'],
      ['there'],
      ['here', 'here-too'],
    ]);
    const [one, two] = pooledErrors.map(({ quantiles }) => quantiles.at(-1)!.gpus);
    expect(two).toBeCloseTo(2 * one!, 2);
  });

  describe('lays out futures', () => {
    const futures = (steps: readonly MeteredStep[], now: number, from = at) =>
      forecastDemand({
        ...{ at, groups: [group], steps, wantedNow: new Map(), periodsMs },
        futuresFrom: { at: from, wanted: new Map([[KEY, now]]) },
      }).futures!;

    test('that begin with what is wanted now, and last as many first periods', () => {
      const { stepMs, paths } = futures(metered(2), 7);
      expect(stepMs).toBe(periodsMs[0]);
      expect(paths.length).toBeGreaterThan(12);
      for (const [counts] of paths) {
        expect(counts).toHaveLength(6);
        expect(counts![0]).toBe(7);
      }
    });

    test('that take up where the series ends, though now is before it', () => {
      // One container more in each step: the course of the series shows which step a future's is.
      const rising = Array.from({ length: 40 }, (_, index) => ({
        startsAt: at - (40 - index) * STEP,
        containers: { [KEY]: index + 1 },
      }));
      const fromEnd = futures(rising, 41);
      const before = futures(rising, 40, at - periodsMs[0]!);
      const mean = ({ paths }: typeof fromEnd, step: number) =>
        paths.reduce((sum, [counts]) => sum + counts![step]!, 0) / paths.length;
      const stride = periodsMs[0]! / STEP;
      expect(mean(fromEnd, 2) - mean(fromEnd, 1)).toBeCloseTo(stride, 5);
      expect(mean(fromEnd, 1) - mean(before, 1)).toBeCloseTo(stride, 5);
    });

    test('that follow who has just come, or gone, and not the minutes before', () => {
      const steady = (count: number) =>
        Array.from({ length: 60 }, (_, index) => ({
          startsAt: at - (60 - index) * STEP,
          containers: { [KEY]: count },
        }));
      // The last step of one path shows the very change as an error of the past.
      const soon = (steps: readonly MeteredStep[], now: number) =>
        futures(steps, now).paths.map(([counts]) => counts!.slice(0, 5));
      for (const counts of soon(steady(0), 4)) expect(counts).toEqual([4, 4, 4, 4, 4]);
      for (const counts of soon(steady(4), 0)) expect(counts).toEqual([0, 0, 0, 0, 0]);
    });

    test('of a group that nobody has metered, about as many as it wants now', () => {
      const counts = futures([], 8).paths.map(([path]) => path!.at(-1)!);
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      expect(mean).toBeGreaterThan(6);
      expect(mean).toBeLessThan(10);
    });
  });

  test('never expects less in the first period than is wanted now', () => {
    expect(ask(metered(3), 500).groups[0]!.periods[0]!.expectedContainers).toBe(500);
  });

  test('of a group that nobody has metered yet what is wanted now goes on', () => {
    expect(ask([], 6).groups[0]!.periods.map(({ expectedContainers }) => expectedContainers)).toEqual([
      6, 6, 6, 6, 6,
    ]);
  });

  test('a tenth of holes moves it by less than a tenth', () => {
    const whole = ask(metered(7)).groups[0]!.periods;
    const holed = ask(metered(7, (index) => (index * 7_919) % 10 !== 0)).groups[0]!.periods;
    whole.forEach(({ expectedContainers }, index) => {
      const moved = Math.abs(holed[index]!.expectedContainers - expectedContainers);
      expect(moved).toBeLessThan(0.1 * expectedContainers + 1);
    });
  });

  test('is the same for the same question', () => {
    expect(ask(metered(4), 3)).toEqual(ask(metered(4).toReversed(), 3));
  });
});
