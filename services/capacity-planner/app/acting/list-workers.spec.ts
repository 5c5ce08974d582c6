import { MESSAGE_BYTES, type AskOf, type WorkerView } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { listWorkers } from './list-workers.js';

const gpu = { index: 0, type: 'H100-SXM-80GB', simulated: false };
const workerOf = (index: number): WorkerView =>
  ({
    ...{ workerId: `h-${String(index).padStart(6, '0')}`, bootId: 'b'.repeat(36), status: 'present' },
    ...{ leaving: 'x'.repeat(200), containers: 100, runningInputs: 100, lastSyncAt: 1.7e12 },
    capacity: { gpus: Array.from({ length: 8 }, () => gpu), host: { offerId: 'o'.repeat(200) } },
  }) as unknown as WorkerView;

test('all workers are listed, each once, and no answer is too large for a message', async () => {
  const all = Array.from({ length: 20_000 }, (_, index) => workerOf(index));
  let asked = 0;
  const request = (_: string, { afterWorkerId = '', limit = Infinity }: AskOf<'scheduler.list-workers'>) => {
    const left = all.filter(({ workerId }) => workerId > afterWorkerId);
    const workers = left.slice(0, limit);
    const last = workers.length < left.length ? workers.at(-1) : undefined;
    const answer = { workers, ...(last !== undefined && { nextAfterWorkerId: last.workerId }) };
    asked += 1;
    expect(JSON.stringify(answer).length).toBeLessThan(MESSAGE_BYTES / 2);
    return Promise.resolve(answer);
  };
  expect(JSON.stringify(all).length).toBeGreaterThan(MESSAGE_BYTES);
  const listed = await listWorkers({ request } as unknown as Bus);
  expect(listed).toEqual(all);
  expect(asked).toBe(20);
});

test('an answer of all of them at once, as from a scheduler of the version before, is all of them', async () => {
  const workers = [workerOf(2), workerOf(1)];
  const request = () => Promise.resolve({ workers });
  expect(await listWorkers({ request } as unknown as Bus)).toEqual(workers);
});
