import { placeTask, type Candidate } from './place-task.js';

const worker = (workerId: string, changes: Partial<Candidate> = {}): Candidate => ({
  workerId,
  freeMilliCpu: 4_000,
  freeMemoryMiB: 4_096,
  freeGpus: [],
  hasImage: false,
  freeStarts: 2,
  ...changes,
});
const need = (changes = {}) => ({ milliCpu: 1_000, memoryMiB: 1_024, gpus: [], ...changes });
const gpu = (index: number, type: string) => ({ index, type, simulated: true });

describe('where a container is placed', () => {
  test('on a worker that has the image, before one that would have to fetch it', () => {
    const workers = [worker('full', { freeMemoryMiB: 1_024 }), worker('near', { hasImage: true })];
    expect(placeTask(need(), workers)?.workerId).toBe('near');
  });

  test('else on the fullest that it fits on, so that large gaps stay whole', () => {
    const workers = [worker('empty'), worker('fuller', { freeMemoryMiB: 2_048 })];
    expect(placeTask(need(), workers)?.workerId).toBe('fuller');
  });

  test('never where cores, memory or starts are wanting', () => {
    expect(placeTask(need(), [worker('a', { freeMilliCpu: 999 })])).toBeUndefined();
    expect(placeTask(need(), [worker('a', { freeMemoryMiB: 1_023 })])).toBeUndefined();
    expect(placeTask(need(), [worker('a', { freeStarts: 0 })])).toBeUndefined();
  });

  test('GPU types are tried in the order in which the function names them', () => {
    const workers = [
      worker('l4', { freeGpus: [gpu(0, 'L4')] }),
      worker('h100', { freeGpus: [gpu(3, 'H100')] }),
    ];
    const gpus = [
      { type: 'H100', count: 1 },
      { type: 'L4', count: 1 },
    ];
    expect(placeTask(need({ gpus }), workers)).toEqual({ workerId: 'h100', gpuIndexes: [3] });
    expect(placeTask(need({ gpus: [gpus[1]] }), workers)).toEqual({ workerId: 'l4', gpuIndexes: [0] });
  });

  test('several GPUs are of one type, also where any will do', () => {
    const mixed = worker('mixed', { freeGpus: [gpu(0, 'L4'), gpu(1, 'T4'), gpu(2, 'T4')] });
    expect(placeTask(need({ gpus: [{ type: 'any', count: 2 }] }), [mixed])?.gpuIndexes).toEqual([1, 2]);
    expect(placeTask(need({ gpus: [{ type: 'any', count: 3 }] }), [mixed])).toBeUndefined();
  });
});
