import { Snapshots } from '@slipway/event-store';
import fc from 'fast-check';
import { overLedPlanner } from '../led-planner.testing.js';
import type { Leadership } from '../processes/lead-planner.js';
import { SNAPSHOT_EVERY_EVENTS, TakeSnapshots } from '../processes/take-snapshots/take-snapshots.js';
import { SCHEMA } from '../store/open-store.js';
import { replayPlanner, takeSnapshot, type FoldedParts } from './planner-snapshot.js';
import { happenings, partsOver, RememberedLog } from './planner-snapshot.testing.js';

const MINUTE_MS = 60_000;

describe('the state of the planner', () => {
  test('is the same from a snapshot and the rest of the log as from its beginning', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.nat(), async (drawn, cut) => {
        const log = new RememberedLog();
        const lived = partsOver(log);
        let saved = takeSnapshot(lived);
        for (const [index, happens] of drawn.entries()) {
          if (index === cut % drawn.length) saved = takeSnapshot(lived);
          await happens(lived, (index + 1) * MINUTE_MS);
        }
        const kept = JSON.parse(JSON.stringify(saved));
        const [whole, resumed] = [partsOver(log), partsOver(log)];
        expect(await replayPlanner(whole, undefined)).toBe(0);
        expect(await replayPlanner(resumed, kept)).toBe(saved.position);
        expect(takeSnapshot(resumed)).toEqual(takeSnapshot(whole));
        expect(takeSnapshot(resumed)).toEqual(takeSnapshot(lived));
      }),
    );
  });

  test('is folded from the beginning where a snapshot has another format', async () => {
    const log = new RememberedLog();
    const lived = partsOver(log);
    await freeze(lived, 1);
    const resumed = partsOver(log);
    expect(await replayPlanner(resumed, { position: 1, state: { format: 0 } })).toBe(0);
    expect(takeSnapshot(resumed)).toEqual(takeSnapshot(lived));
  });
});

describe('a process that is killed', () => {
  let led: Leadership;
  let parts: FoldedParts;
  const opened = () => new Snapshots(led.store.pool, SCHEMA, led.fence.shard);
  const errors: unknown[] = [];
  const taker = (snapshots: Pick<Snapshots, 'save'>) =>
    new TakeSnapshots({ ...parts, begunAt: 0 }, snapshots, { error: (error: unknown) => errors.push(error) });
  const started = async () => {
    const after = partsOver(led.store.log, led.fence);
    return { after, begunAt: await replayPlanner(after, await opened().load()) };
  };
  overLedPlanner((leadership) => (led = leadership));
  beforeEach(async () => {
    for (const table of ['events', 'snapshot', 'snapshot_part'])
      await led.store.pool.query({ text: `truncate ${SCHEMA}.${table}` });
    await led.store.log.findEnd();
    parts = partsOver(led.store.log, led.fence);
    await parts.state.record(
      () => Array.from({ length: SNAPSHOT_EVERY_EVENTS - 1 }, () => failure),
      MINUTE_MS,
    );
  });

  test('after a snapshot has lost none of what followed it, and begins with the snapshot', async () => {
    const snapshots = taker(opened());
    await snapshots.look();
    expect(await opened().load()).toBeUndefined();
    await freeze(parts, 2);
    await snapshots.look();
    await thaw(parts, 3);
    await freeze(parts, 4);
    const { after, begunAt } = await started();
    expect(begunAt).toBe(SNAPSHOT_EVERY_EVENTS);
    expect(takeSnapshot(after)).toEqual(takeSnapshot(parts));
    await thaw(after, 5);
    expect(await led.store.log.versionsOf(['control'])).toEqual(new Map([['control', 4]]));
  });

  test('while it saves a snapshot has lost nothing, and one that is not saved is tried again', async () => {
    await freeze(parts, 2);
    let left = 3;
    const pool = {
      query: (query: never) => (left-- > 0 ? led.store.pool.query(query) : Promise.reject('cut')),
    };
    await taker(new Snapshots(pool as never, SCHEMA, led.fence.shard)).look();
    expect(errors).toHaveLength(1);
    const { after, begunAt } = await started();
    expect(begunAt).toBe(0);
    expect(takeSnapshot(after)).toEqual(takeSnapshot(parts));
    await taker(opened()).look();
    expect((await started()).begunAt).toBe(SNAPSHOT_EVERY_EVENTS);
  });
});

const failure = { type: 'planning-failed', data: { trigger: 'spec', because: 'spec' } } as const;

const freeze = ({ state }: FoldedParts, at: number) =>
  state.record(() => [{ type: 'planning-frozen', data: { by: 'ada', reason: 'spec' } }], at);

const thaw = ({ state }: FoldedParts, at: number) =>
  state.record(() => [{ type: 'planning-resumed', data: { by: 'ada' } }], at);
