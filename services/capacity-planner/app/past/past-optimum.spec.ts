import {
  CatalogueRecorder,
  defaultPolicy,
  recordPeriod,
  type Offer,
  type TraceRow,
} from '@slipway/capacity-planner-core';
import { offer } from '../rule-of-three.testing.js';
import { isRefusal, RefusedError } from '@slipway/kernel';
import { inProcessSolver } from '../solver/in-process-solver.testing.js';
import { boundPast, type BoundedPast } from './bound-past.js';
import { PastOptimum, type PastParts } from './past-optimum.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-21T12:00:00Z');
const KEY = 'gpu:nonex0 cpu:8000 mem:1024 class:batch';

/** One container that fills a node at a dollar an hour, all the time; nothing was bought for it. */
const recorded = (from: number, until: number, offers: readonly Offer[] = [offer]): readonly TraceRow[] => {
  const recorder = new CatalogueRecorder();
  recorder.see({ at: from, offers, outagesPerHour: 0 });
  const steps = [{ startsAt: from - 9 * HOUR, containers: { [KEY]: 1 } }];
  const nothing = { quotas: [], hosts: [], commitments: [], floors: new Map<string, number>() };
  return recordPeriod({
    from,
    until,
    steps,
    catalogues: recorder.recorded(),
    policy: defaultPolicy,
    ...nothing,
  });
};

const bounded = async (rows: readonly TraceRow[], readAt: number): Promise<BoundedPast> => {
  const answer = await boundPast(rows, readAt, await inProcessSolver());
  if (isRefusal(answer)) throw new RefusedError(answer);
  return answer;
};

let at = START;
const past = (changed: Partial<PastParts>) =>
  new PastOptimum({
    now: () => at,
    recordedSince: () => Promise.resolve(START - 100 * HOUR),
    bound: (from, until, readAt) => bounded(recorded(from, until), readAt),
    logger: { warn: () => undefined },
    ...changed,
  });

beforeEach(() => (at = START));

describe('the hours just past', () => {
  test('are told beside what a clairvoyant would have paid for them', async () => {
    const optimum = past({});
    expect(optimum.get()).toEqual({ state: 'working' });
    await optimum.refresh();
    const known = optimum.get();
    expect(known).toMatchObject({
      state: 'known',
      startsAt: START - 24 * HOUR,
      endsAt: START,
      costMicroUsd: 0,
    });
    // Ninety-six quarters of an hour of one node at a dollar.
    expect(known.state === 'known' && known.boundMicroUsd).toBeCloseTo(24_000_000, -2);
  });

  test('begin with what is recorded, and are unknown while that is nothing', async () => {
    const young = past({ recordedSince: () => Promise.resolve(START - 2 * HOUR) });
    await young.refresh();
    expect(young.get()).toMatchObject({ state: 'known', startsAt: START - 2 * HOUR });
    const empty = past({ recordedSince: () => Promise.resolve(undefined) });
    await empty.refresh();
    expect(empty.get()).toEqual({ state: 'unknown' });
  });

  test('are worked out anew once they are old, and who asks meanwhile is told what was known', async () => {
    let times = 0;
    const optimum = past({
      bound: () => Promise.resolve({ costMicroUsd: 0, boundMicroUsd: ++times, notes: [] }),
    });
    await optimum.refresh();
    await optimum.refresh();
    expect(times).toBe(1);
    at += HOUR;
    expect(optimum.get()).toMatchObject({ boundMicroUsd: 1 });
    await optimum.refresh();
    expect(optimum.get()).toMatchObject({ boundMicroUsd: 2, endsAt: START + HOUR });
  });

  test('say why where nothing was found', async () => {
    const optimum = past({ bound: (from, until, readAt) => bounded(recorded(from, until, []), readAt) });
    await optimum.refresh();
    expect(optimum.get()).toMatchObject({
      state: 'failed',
      because: expect.stringContaining('0 offers') as string,
    });
  });

  test('in which nothing was wanted cost nothing', async () => {
    const rows = recorded(START - HOUR, START).filter(({ type }) => type !== 'demand');
    expect(await bounded(rows, START)).toMatchObject({ boundMicroUsd: 0 });
  });
});
