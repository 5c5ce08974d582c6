import { offerOf, runningHost } from './acting.samples.testing.js';
import type { Change } from './change.js';
import { changesTo, said } from './changes.samples.testing.js';
import { guardChanges } from './guard-changes.js';
import type { Guarding } from './guarding.js';
import { at, guarding } from './guarding.samples.testing.js';
import { drainHost } from './host.decide.js';
import type { HostEvent } from './host.events.js';
import { evolveHost, type Host } from './host.state.js';

describe('caps on spend', () => {
  const held = (changes: readonly Change[], by: Guarding): readonly string[] =>
    guardChanges(changes, by).held.map(({ heldBy }) => heldBy);

  test('a start above the cap of the hour or of the day waits, what runs stays', () => {
    const changes = changesTo({ a: 3 }, []);
    expect(held(changes, guarding({ maxSpendMicroUsdPerHour: 7_200_000 }))).toEqual(['spend-per-hour']);
    expect(held(changes, guarding({ maxSpendMicroUsdPerDay: 90_000_000 }))).toEqual([
      'spend-per-day',
      'spend-per-day',
    ]);
  });

  test('a start that a commitment pays for until noon counts against the day from noon on', () => {
    const [morning, hour] = [6 * 3_600_000, 3_600_000];
    const by = (maxSpendMicroUsdPerDay: number, endsAt: number): Guarding => ({
      ...guarding({ maxSpendMicroUsdPerDay }, { at: morning }),
      seen: { pricesAt: morning, forecastAt: morning },
      commitments: [
        {
          ...{ kind: 'nodes', commitmentId: 'c-1', vendor: 'lambda', gpuType: 'H100', nodes: 1 },
          ...{ priceMicroUsdPerNodeHour: 1, startsAt: 0, endsAt },
        },
      ],
    });
    const start = changesTo({ a: 1 }, []);
    expect(held(start, by(1, 24 * hour))).toEqual([]);
    expect(held(start, by(12 * 3_600_000 - 1, 12 * hour))).toEqual(['spend-per-day']);
    expect(held(start, by(12 * 3_600_000, 12 * hour))).toEqual([]);
  });

  describe('at a cap on spend', () => {
    const dear = offerOf('gone');
    const full = [runningHost('h1', dear), runningHost('h2', dear), runningHost('h3', dear)];
    const capped = (hosts: readonly Host[]) => guarding({ maxSpendMicroUsdPerHour: 10_800_000 }, { hosts });

    test('as many are let go as make room for the next start, though nothing has joined', () => {
      const guarded = guardChanges(changesTo({ a: 2 }, full), capped(full));
      expect(said(guarded.now)).toEqual(['drain h1']);
      expect(guarded.held.map(({ heldBy }) => heldBy)).toEqual([
        ...['spend-per-hour', 'spend-per-hour'],
        ...['make-before-break', 'make-before-break'],
      ]);
    });

    test('one that a commitment pays for makes no room: another one follows it', () => {
      const free = offerOf('free', { instanceType: 'gpu_8x_h100' });
      const hosts = [runningHost('h0', free), ...full];
      const commitments = [
        {
          ...{ kind: 'nodes' as const, commitmentId: 'c-1', vendor: 'lambda', instanceType: 'gpu_8x_h100' },
          ...{ nodes: 1, priceMicroUsdPerNodeHour: 1, startsAt: 0, endsAt: 2 * at },
        },
      ];
      const by = { ...capped(hosts), commitments };
      const going = (guarded: ReturnType<typeof guardChanges>) => said(guarded.now);
      expect(going(guardChanges(changesTo({ a: 2 }, hosts), by))).toEqual(['drain h0', 'drain h1']);
      const dearer = { ...by.guardrails, maxSpendMicroUsdPerHour: 14_400_000 };
      expect(
        going(guardChanges(changesTo({ a: 2 }, hosts), { ...by, guardrails: dearer, commitments: [] })),
      ).toEqual(['drain h0']);
    });

    test('one that still drains makes room already: no other one follows it', () => {
      const [first, ...rest] = full;
      const hosts = [evolveHost(first, (drainHost(first!, 'pl-1', '') as HostEvent[])[0]!, 5_000), ...rest];
      expect(guardChanges(changesTo({ a: 2 }, hosts), capped(hosts)).now).toEqual([]);
    });

    test('the start follows once it has gone, and then nothing is let go before it has joined', () => {
      const hosts = full.slice(1);
      const guarded = guardChanges(changesTo({ a: 2 }, hosts), capped(hosts));
      expect(said(guarded.now)).toEqual(['start a']);
      expect(guarded.held.map(({ heldBy }) => heldBy)).toEqual([
        ...['spend-per-hour', 'make-before-break', 'make-before-break'],
      ]);
    });

    test('nothing is let go where all that could go would make no room: what the day has cost comes back by no drain', () => {
      const noon = 43_200_000;
      const passed = (maxSpendMicroUsdPerDay: number) =>
        guardChanges(changesTo({ a: 3 }, full), {
          ...guarding({ maxSpendMicroUsdPerDay }, { hosts: full, at: noon }),
          seen: { pricesAt: noon, forecastAt: noon },
        });
      const day = 3 * 24 * 3_600_000;
      const { now, held } = passed(day / 3);
      expect(now).toEqual([]);
      expect(held.slice(3)).toMatchObject([
        { heldBy: 'make-before-break', because: expect.stringContaining('no room under the cap') as string },
        ...[{ heldBy: 'make-before-break' }, { heldBy: 'make-before-break' }],
      ]);
      expect(said(passed(day).now)).toEqual(['drain h1']);
    });

    test('of two caps that hold a start each needs room: none is let go for one that the day does not allow anyway', () => {
      const noon = 43_200_000;
      const day = 3 * 24 * 3_600_000;
      const goes = (maxSpendMicroUsdPerHour: number, maxSpendMicroUsdPerDay: number) =>
        said(
          guardChanges(changesTo({ a: 3 }, full), {
            ...guarding({ maxSpendMicroUsdPerHour, maxSpendMicroUsdPerDay }, { hosts: full, at: noon }),
            seen: { pricesAt: noon, forecastAt: noon },
          }).now,
        );
      expect(goes(10_800_000, day / 3)).toEqual([]);
      expect(goes(10_800_000, day)).toEqual(['drain h1']);
      expect(goes(100_000_000, day)).toEqual(['drain h1']);
      expect(goes(10_800_000, 2 * day)).toEqual(['drain h1']);
    });

    test('a start that waits for something else too holds all drains', () => {
      const by = { ...capped(full), restsUntil: (offerId: string) => (offerId === 'b' ? at + 1 : 0) };
      expect(guardChanges(changesTo({ a: 1, b: 1 }, full), by).now).toEqual([]);
    });
  });
});
