import { joinWorker, loseWorker } from './worker.decide.js';
import type { Worker } from './worker.state.js';

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
