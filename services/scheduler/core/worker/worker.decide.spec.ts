import { joinWorker, loseWorker } from './worker.decide.js';
import type { WorkerEvent } from './worker.events.js';
import { evolveWorker, type Worker } from './worker.state.js';

const capacity = { milliCpu: 4_000, memoryMiB: 4_096, gpus: [], runtime: 'runc' } as const;
const worker: Worker = { workerId: 'wo-1', bootId: 'boot-1', capacity, status: 'present' };
const joining = { workerId: 'wo-1', bootId: 'boot-1', capacity };

describe('a worker', () => {
  test('one that syncs as before is no news', () => {
    expect(joinWorker(worker, joining)).toEqual([]);
  });

  test('a new boot loses the old one first', () => {
    expect(joinWorker(worker, { ...joining, bootId: 'boot-2' })).toMatchObject([
      { type: 'worker-lost', data: { bootId: 'boot-1' } },
      { type: 'worker-joined', data: { bootId: 'boot-2' } },
    ]);
  });

  test('a lost one that is heard of again joins anew, though its boot is the same', () => {
    expect(joinWorker({ ...worker, status: 'lost' }, joining)).toMatchObject([{ type: 'worker-joined' }]);
  });

  test('another capacity is news', () => {
    expect(joinWorker(worker, { ...joining, capacity: { ...capacity, milliCpu: 1 } })).toHaveLength(1);
  });

  test('it is lost once', () => {
    expect(loseWorker(worker, 'silent')).toHaveLength(1);
    expect(loseWorker({ ...worker, status: 'lost' }, 'silent')).toEqual([]);
  });
});

describe('two processes with one id', () => {
  const boots = (...bootIds: readonly string[]): Worker | undefined =>
    bootIds
      .flatMap((bootId): WorkerEvent[] => [{ type: 'worker-joined', data: { ...joining, bootId } }])
      .reduce<Worker | undefined>(evolveWorker, undefined);

  test('the one that was replaced is refused and told what to set, the newer one goes on', () => {
    const replaced = boots('boot-1', 'boot-2');
    expect(joinWorker(replaced, joining)).toMatchObject({
      refused: 'conflict',
      code: 'worker-id-taken',
      message: expect.stringMatching(/id wo-1: .* WORKER_ID/) as string,
    });
    expect(joinWorker(replaced, { ...joining, bootId: 'boot-2' })).toEqual([]);
  });

  test('it stays refused when the newer one is lost, and when that was started anew', () => {
    expect(joinWorker({ ...boots('boot-1', 'boot-2')!, status: 'lost' }, joining)).toMatchObject({
      code: 'worker-id-taken',
    });
    expect(joinWorker(boots('boot-1', 'boot-2', 'boot-3'), joining)).toMatchObject({
      code: 'worker-id-taken',
    });
  });

  test('where two took turns before that was refused, the last one is the one that goes on, also after a silence', () => {
    const last = boots('boot-1', 'boot-2', 'boot-1', 'boot-2', 'boot-1');
    expect(last?.replaced).toEqual(['boot-2']);
    expect(joinWorker({ ...last!, status: 'lost' }, joining)).toMatchObject([{ type: 'worker-joined' }]);
    const ofSnapshot: Worker = { ...worker, status: 'lost', replaced: ['boot-1', 'boot-2'] };
    expect(joinWorker(ofSnapshot, joining)).toMatchObject([{ type: 'worker-joined' }]);
  });

  test('a lost one that joins again replaces nobody, and the last 200 of the replaced are remembered', () => {
    expect(boots('boot-1', 'boot-1')).not.toHaveProperty('replaced');
    expect(boots(...Array.from({ length: 300 }, (_, n) => `boot-${n}`))?.replaced).toEqual(
      Array.from({ length: 200 }, (_, n) => `boot-${99 + n}`),
    );
  });
});
