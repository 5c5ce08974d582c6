import fc from 'fast-check';
import type { PlanFlow } from '@slipway/contracts';
import { place } from './place.js';
import { placeByPlan } from './place-by-plan.js';
import type { Candidate } from './place-task.js';

const host = (
  workerId: string,
  offerId: string | undefined,
  changes: Partial<Candidate> = {},
): Candidate => ({
  workerId,
  freeMilliCpu: 4_000,
  freeMemoryMiB: 4_096,
  freeGpus: [],
  hasImage: false,
  freeStarts: 2,
  ofGroup: 0,
  ...(offerId === undefined ? {} : { offerId }),
  ...changes,
});
const need = { milliCpu: 1_000, memoryMiB: 1_024, gpus: [] };
const flow = (containers: number, ...offerIds: string[]): PlanFlow => ({ offerIds, containers });

describe('where the plan has a container placed', () => {
  test('on the offers that lack most of their share, though another host is the better fit', () => {
    const hosts = [
      host('dear', 'a', { ofGroup: 3, freeMemoryMiB: 1_024, hasImage: true }),
      host('cheap', 'b', { ofGroup: 1 }),
    ];
    expect(placeByPlan(need, hosts, [flow(4, 'a'), flow(4, 'b')])?.workerId).toBe('cheap');
  });

  test('on the next ones where those are full', () => {
    const hosts = [host('full', 'a', { freeMilliCpu: 0 }), host('free', 'b', { ofGroup: 3 })];
    expect(placeByPlan(need, hosts, [flow(4, 'a'), flow(4, 'b')])?.workerId).toBe('free');
  });

  test('nowhere once each set of offers has its share', () => {
    const hosts = [host('x', 'a', { ofGroup: 2 }), host('y', 'a', { ofGroup: 1 })];
    expect(placeByPlan(need, hosts, [flow(3, 'a')])).toBeUndefined();
  });
});

describe('with and without a plan', () => {
  test('what the flows do not cover is placed by best fit, and said to be', () => {
    const hosts = [host('bought', 'b')];
    expect(place(need, hosts, [flow(3, 'a')])?.placedBy).toBe('best-fit');
    expect(place(need, hosts, [])?.placedBy).toBe('best-fit');
    expect(place(need, hosts, [flow(3, 'b')])?.placedBy).toBe('plan');
  });

  test('why the plan could not be followed is said, with the offers that lack most of their share', () => {
    const hosts = [host('full', 'a', { freeMilliCpu: 0 }), host('free', 'c', { ofGroup: 1 })];
    const why = (...flows: PlanFlow[]) => place(need, hosts, flows)?.couldNotFollow;
    expect(why()).toEqual({ because: 'none-planned', offerIds: [] });
    expect(why(flow(1, 'c'))).toEqual({ because: 'used-up', offerIds: ['c'] });
    expect(why(flow(2, 'a'))).toEqual({ because: 'hosts-full', offerIds: ['a'] });
    expect(why(flow(2, 'b', 'd'), flow(1, 'c'))).toEqual({ because: 'hosts-absent', offerIds: ['b', 'd'] });
    expect(why(flow(2, 'c'))).toBeUndefined();
  });

  test("a site's own machines come first: they cost nothing more", () => {
    const hosts = [host('bought', 'a', { hasImage: true }), host('own', undefined)];
    expect(place(need, hosts, [flow(3, 'a')])).toEqual({
      workerId: 'own',
      gpuIndexes: [],
      placedBy: 'own-machine',
    });
  });

  test('without a plan in force nobody is said to have chosen', () => {
    expect(place(need, [host('own', undefined)], undefined)).toEqual({ workerId: 'own', gpuIndexes: [] });
  });

  test('whatever fits somewhere is placed somewhere that it fits', () => {
    const hosts = fc.array(
      fc.record({
        offerId: fc.constantFrom('a', 'b', 'c'),
        freeMilliCpu: fc.integer({ min: 0, max: 2_000 }),
        freeStarts: fc.integer({ min: 0, max: 1 }),
        ofGroup: fc.integer({ min: 0, max: 3 }),
      }),
    );
    const flows = fc.array(
      fc.record({ offerIds: fc.subarray(['a', 'b', 'c', 'd']), containers: fc.integer({ min: 0, max: 6 }) }),
    );
    fc.assert(
      fc.property(hosts, flows, (records, table) => {
        const candidates = records.map(({ offerId, ...rest }, index) => host(`w-${index}`, offerId, rest));
        const fits = candidates.filter((worker) => worker.freeMilliCpu >= 1_000 && worker.freeStarts > 0);
        const chosen = place(need, candidates, table);
        expect(chosen === undefined).toBe(fits.length === 0);
        if (chosen !== undefined) expect(fits.map(({ workerId }) => workerId)).toContain(chosen.workerId);
      }),
    );
  });
});
