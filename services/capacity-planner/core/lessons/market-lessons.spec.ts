import { offerOf } from '../acting/acting.samples.testing.js';
import type { HostEvent, RefusalCode } from '../acting/host.events.js';
import { learn, lessonsAt, restsUntil, withLessons, type MarketLessons } from './market-lessons.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('what refusals teach', () => {
  const refusedAs = (code: RefusalCode): HostEvent => ({
    type: 'host-refused',
    data: { hostId: 'h', code, because: '' },
  });
  const refused = refusedAs('no-capacity');
  const joined: HostEvent = { type: 'host-joined', data: { hostId: 'h' } };
  const taught = (...steps: readonly (readonly [HostEvent, number, number])[]): MarketLessons =>
    steps.reduce<MarketLessons>(
      (lessons, [event, at, heldNodes]) => learn(lessons, offerOf('a'), event, { at, heldNodes }),
      new Map(),
    );

  test('a rest that doubles up to an hour, and ends with a success', () => {
    const once = taught([refused, 0, 3]);
    expect(restsUntil(once, 'a', HOUR_MS)).toBe(MINUTE_MS);
    expect(restsUntil(taught([refused, 0, 3], [refused, MINUTE_MS, 3]), 'a', HOUR_MS)).toBe(180_000);
    const often = taught(...Array.from({ length: 20 }, () => [refused, 0, 3] as const));
    expect(restsUntil(often, 'a', HOUR_MS)).toBe(HOUR_MS);
    expect(restsUntil(taught([refused, 0, 3], [joined, MINUTE_MS, 3]), 'a', HOUR_MS)).toBe(0);
  });

  test('a short rest after a request that was lost, and a cap once three were: no plan counts on what never comes', () => {
    const lost = (times: number) =>
      taught(...Array.from({ length: times }, () => [refusedAs('unreachable'), 0, 3] as const));
    expect([1, 2, 3, 4].map((times) => restsUntil(lost(times), 'a', HOUR_MS))).toEqual([
      5_000, 10_000, 20_000, 40_000,
    ]);
    const depths = [1, 2, 3].map(
      (times) => withLessons(offerOf('a'), lost(times), 1).behaviour.availableNodes,
    );
    expect(depths).toEqual([undefined, undefined, 3]);
    expect(withLessons(offerOf('a'), lost(3), 20_000).behaviour.availableNodes).toBeUndefined();
    const refusedBefore = taught(
      [refused, 0, 2],
      ...[1, 2, 3].map((at) => [refusedAs('unreachable'), at, 3] as const),
    );
    expect(withLessons(offerOf('a'), refusedBefore, 25 * MINUTE_MS).behaviour.availableNodes).toBe(2);
    const afterIt = taught([refusedAs('unreachable'), 0, 3], [refused, 5_000, 3]);
    expect(restsUntil(afterIt, 'a', HOUR_MS)).toBe(5_000 + MINUTE_MS);
  });

  test.each(['quota', 'not-offered', 'not-allowed'] as const)('a cap where it is %s', (code) => {
    const lessons = taught([refusedAs(code), 0, 2]);
    expect(withLessons(offerOf('a'), lessons, 1).behaviour.availableNodes).toBe(2);
  });

  test('a cap where no worker ever joined, three times', () => {
    const data = { hostId: 'h', how: 'never-joined', endedAt: 0, because: '' } as const;
    const never = Array.from({ length: 3 }, () => [{ type: 'host-ended', data }, 0, 0] as const);
    expect(withLessons(offerOf('a'), taught(...never), 1).behaviour.availableNodes).toBe(0);
    expect(withLessons(offerOf('a'), taught(...never.slice(1)), 1).behaviour.availableNodes).toBeUndefined();
  });

  test('a cap where the vendor said no: believed for half an hour, and twice as long when it is heard again', () => {
    const depthAt = (lessons: MarketLessons, minutes: number) =>
      withLessons(offerOf('a'), lessons, minutes * MINUTE_MS).behaviour.availableNodes;
    const once = taught([refused, 0, 3]);
    expect([0, 29, 30].map((minutes) => depthAt(once, minutes))).toEqual([3, 3, undefined]);
    const again = taught([refused, 0, 3], [refused, 30 * MINUTE_MS, 3]);
    expect([30, 89, 90].map((minutes) => depthAt(again, minutes))).toEqual([3, 3, undefined]);
    const grown = taught([refused, 0, 3], [refused, 30 * MINUTE_MS, 5]);
    expect([30, 59, 60].map((minutes) => depthAt(grown, minutes))).toEqual([5, 5, undefined]);
  });

  test('which people are told for as long as they hold', () => {
    const lessons = taught([joined, 0, 2], [refused, 0, 3]);
    const shared = { offerId: offerOf('a').offerId, starts: 1.95, successes: 0.95, refusalsInARow: 1 };
    const cap = { nodes: 3, believedUntilAt: 30 * MINUTE_MS };
    expect(lessonsAt(lessons, 1)).toEqual([{ ...shared, restsUntilAt: MINUTE_MS, cap }]);
    expect(lessonsAt(lessons, MINUTE_MS)).toEqual([{ ...shared, cap }]);
    expect(lessonsAt(lessons, HOUR_MS)).toEqual([shared]);
  });

  test('a cap that is doubted no sooner than the offer has rested', () => {
    const lessons = taught([refused, 0, 3], [refused, MINUTE_MS, 3]);
    const doubted = (minutes: number) =>
      withLessons(offerOf('a'), lessons, minutes * MINUTE_MS, 'doubted').behaviour.availableNodes;
    expect([1, 2, 3].map(doubted)).toEqual([3, 3, undefined]);
  });

  test('nothing more once a clock that was ahead is put right', () => {
    const ahead = taught([refused, 24 * HOUR_MS, 3]);
    expect(restsUntil(ahead, 'a', 24 * HOUR_MS)).toBe(24 * HOUR_MS + MINUTE_MS);
    expect(restsUntil(ahead, 'a', HOUR_MS)).toBe(0);
    expect(lessonsAt(ahead, HOUR_MS)).toEqual([
      { offerId: 'a', ...{ starts: 1, successes: 0, refusalsInARow: 1 } },
    ]);
  });

  test('a cap that a host beyond it has disproved is raised to what is held', () => {
    const lessons = taught([refused, 0, 3], [joined, 0, 3]);
    expect(withLessons(offerOf('a'), lessons, 0).behaviour.availableNodes).toBe(4);
  });

  test('a rate of success between what the catalogue says and what was seen', () => {
    const { startSuccess } = withLessons(offerOf('a'), taught([refused, 0, 0], [joined, 0, 0]), 0).behaviour;
    expect(startSuccess).toBeGreaterThan(0.8);
    expect(startSuccess).toBeLessThan(1);
  });
});
