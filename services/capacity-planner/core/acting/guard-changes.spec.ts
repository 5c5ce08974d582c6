import fc from 'fast-check';
import { accepted, asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import type { Change } from './change.js';
import { changesTo, offers, said } from './changes.samples.testing.js';
import { guardChanges } from './guard-changes.js';
import type { Guarding } from './guarding.js';
import { at, guarding } from './guarding.samples.testing.js';

describe('guardrails', () => {
  const held = (changes: readonly Change[], by: Guarding): readonly string[] =>
    guardChanges(changes, by).held.map(({ heldBy }) => heldBy);

  test('a frozen fleet and one whose prices are not seen clearly stay as they are', () => {
    const changes = changesTo({ a: 1 }, [runningHost('h1', offerOf('gone'))]);
    expect(held(changes, guarding({ mode: 'frozen' }))).toEqual(['frozen', 'frozen']);
    for (const pricesAt of [at - 3_601_000, at + 3_601_000])
      expect(held(changes, guarding({}, { seen: { pricesAt, forecastAt: at } }))).toEqual(['stale', 'stale']);
  });

  test('nothing is started that an operator has left out since, and what is held of it may go', () => {
    const changes = changesTo({ a: 1, b: 1 }, [runningHost('h1', offerOf('gone'))]);
    const excluded = [{ offerId: 'a' }, { offerId: 'gone' }];
    const guarded = guardChanges(changes, guarding({}, { excluded }));
    expect(guarded.held).toMatchObject([{ heldBy: 'excluded' }, { heldBy: 'make-before-break' }]);
    expect(said(guarded.now)).toEqual(['start b']);
  });

  test('nothing is let go for a start that a person holds back', () => {
    const hosts = [runningHost('h1', offerOf('gone'))];
    const awaited = changesTo({ a: 1 }, hosts);
    const drains = awaited.filter(({ action }) => action === 'drain');
    expect(held(drains, guarding({}, { hosts, awaited }))).toEqual(['make-before-break']);
    expect(held(drains, guarding({}, { hosts }))).toEqual([]);
  });

  test('a vendor that is away holds its own changes, and another serves on', () => {
    const there = offerOf('b', { vendor: 'digitalocean' });
    const hosts = [runningHost('h1', offers.get('a')), runningHost('h2', there)];
    const seenAt = Date.parse('2026-11-21T12:00:00Z');
    const awaySince = (vendor: string) => (vendor === 'lambda' ? seenAt : undefined);
    const guarded = guardChanges(changesTo({}, hosts), guarding({}, { hosts, awaySince }));
    expect(said(guarded.now)).toEqual(['drain h2']);
    expect(guarded.held).toMatchObject([
      {
        heldBy: 'vendor-away',
        because: 'lambda does not say which hosts it has: last seen at 2026-11-21T12:00:00.000Z',
      },
    ]);
  });

  test('while all vendors are away nothing changes', () => {
    const hosts = [runningHost('h1', offerOf('gone'))];
    expect(held(changesTo({ a: 1 }, hosts), guarding({}, { hosts, awaySince: () => 0 }))).toEqual([
      'vendor-away',
      'vendor-away',
    ]);
  });

  test('an order that its vendor leaves unanswered holds back nothing for longer than ten minutes', () => {
    const open = hostAfter(asked('h1', offers.get('a')));
    const hosts = [open, runningHost('h2', offerOf('gone'))];
    const drain = (now: number) =>
      guardChanges(
        changesTo({ a: 1 }, hosts),
        guarding({}, { hosts, at: now, seen: { pricesAt: now, forecastAt: now } }),
      );
    expect(said(drain(600_000).now)).toEqual([]);
    expect(said(drain(601_000).now)).toEqual(['drain h2']);
  });

  test('a host whose offer the plan knew nothing of stays, and the reason is said', () => {
    const hosts = [runningHost('h1', offerOf('unknown')), runningHost('h2', offerOf('gone'))];
    const guarded = guardChanges(changesTo({}, hosts), guarding({}, { hosts }));
    expect(said(guarded.now)).toEqual(['drain h2']);
    expect(guarded.held).toMatchObject([
      { heldBy: 'unknown-offer', because: 'the plan was made without unknown, so it cannot tell' },
    ]);
  });

  test('nothing is let go before what replaces it has joined', () => {
    const old = runningHost('h1', offerOf('gone'));
    const first = guardChanges(changesTo({ a: 1 }, [old]), guarding({}, { hosts: [old] }));
    expect(said(first.now)).toEqual(['start a']);
    expect(first.held).toMatchObject([{ heldBy: 'make-before-break' }]);
    const starting = hostAfter(asked('h2', offers.get('a')), accepted('h2'));
    expect(held(changesTo({ a: 1 }, [old, starting]), guarding({}, { hosts: [old, starting] }))).toEqual([
      'make-before-break',
    ]);
    const hosts = [old, runningHost('h2', offers.get('a'))];
    expect(said(guardChanges(changesTo({ a: 1 }, hosts), guarding({}, { hosts })).now)).toEqual(['drain h1']);
  });

  test('what a plan has done already counts against its cycle', () => {
    const done = runningHost('h1', offers.get('a'), 'pl-1');
    const changes = changesTo({ a: 4 }, [done]);
    expect(held(changes, guarding({ maxStartsPerCycle: 2 }, { hosts: [done] }))).toHaveLength(2);
    expect(held(changes, guarding({ maxChangesPerVendorAndCycle: 2 }, { hosts: [done] }))).toHaveLength(2);
    const down = [done, runningHost('h2', offers.get('a'), 'pl-0')];
    expect(held(changesTo({}, down), guarding({ maxStopsPerCycle: 1 }, { hosts: down }))).toEqual([
      'stops-per-cycle',
    ]);
  });

  test('an offer that was refused lately rests', () => {
    expect(held(changesTo({ a: 1 }, []), guarding({}, { restsUntil: () => at + 1 }))).toEqual(['backoff']);
  });

  test('whatever is planned, no guardrail is passed and every change is carried out or held with a reason', () => {
    const targets = fc.record({ a: fc.nat(6), b: fc.nat(6), gone: fc.constant(0) });
    const limit = fc.option(fc.nat(5), { nil: undefined });
    fc.assert(
      fc.property(
        targets,
        fc.nat(5),
        fc.nat(5),
        limit,
        limit,
        limit,
        (wanted, a, gone, starts, stops, vendor) => {
          const hosts = [
            ...Array.from({ length: a }, (_, index) => runningHost(`a${index}`, offers.get('a'), 'pl-0')),
            ...Array.from({ length: gone }, (_, index) => runningHost(`g${index}`, offerOf('gone'), 'pl-0')),
          ];
          const cap = 5 * 3_600_000;
          const by = guarding(
            {
              maxSpendMicroUsdPerHour: cap,
              ...(starts === undefined ? {} : { maxStartsPerCycle: starts }),
              ...(stops === undefined ? {} : { maxStopsPerCycle: stops }),
              ...(vendor === undefined ? {} : { maxChangesPerVendorAndCycle: vendor }),
            },
            { hosts },
          );
          const changes = changesTo(wanted, hosts);
          const guarded = guardChanges(changes, by);
          const started = guarded.now.filter(({ action }) => action === 'start').length;
          expect(guarded.now.length + guarded.held.length).toBe(changes.length);
          expect(started).toBeLessThanOrEqual(starts ?? Infinity);
          expect(guarded.now.length).toBeLessThanOrEqual(vendor ?? Infinity);
          expect(guarded.now.length - started).toBeLessThanOrEqual(stops ?? Infinity);
          if (started > 0) expect((hosts.length + started) * 3_600_000).toBeLessThanOrEqual(cap);
          const drained = guarded.now.filter(({ action }) => action === 'drain').length;
          const kept = guarded.held.filter(({ change }) => change.action === 'start');
          if (started > 0 || kept.some(({ heldBy }) => heldBy !== 'spend-per-hour')) expect(drained).toBe(0);
          if (drained > 0 && kept.length > 0) expect(hosts.length - drained).toBe(4);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
