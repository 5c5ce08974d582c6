import * as fc from 'fast-check';
import { placePassingOver } from './place-passing-over.js';
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
const need = { milliCpu: 1_000, memoryMiB: 1_024, gpus: [] };
const chosen = (candidates: readonly Candidate[]) => placePassingOver(need, candidates, undefined)?.workerId;

describe('a worker on which starts failed', () => {
  const failing = worker('failing', { hasImage: true, passedOverUntil: 5_000 });

  test('is passed over where another could serve, though that one has to fetch the image', () => {
    expect(chosen([failing, worker('other')])).toBe('other');
  });

  test('is passed over too while the other is busy with starts: there will be room soon', () => {
    expect(chosen([failing, worker('other', { freeStarts: 0 })])).toBeUndefined();
  });

  test('is tried where no other has room', () => {
    expect(chosen([failing])).toBe('failing');
    expect(chosen([failing, worker('full', { freeMilliCpu: 0 })])).toBe('failing');
    expect(chosen([{ ...failing, freeStarts: 0 }])).toBeUndefined();
  });

  test('is tried after another whose pause ends sooner', () => {
    const sooner = worker('sooner', { passedOverUntil: 1_000 });
    expect(chosen([failing, sooner])).toBe('sooner');
    expect(chosen([failing, { ...sooner, freeStarts: 0 }])).toBe('failing');
  });

  test('is present to the capacity plan, which is told that it is passed over, not that it is full', () => {
    const flows = [{ offerIds: ['spot'], containers: 5 }];
    const bought = { ...failing, offerId: 'spot' };
    const other = worker('other', { offerId: 'on-demand' });
    expect(placePassingOver(need, [bought, other], flows)).toMatchObject({
      workerId: 'other',
      couldNotFollow: { because: 'hosts-passed-over', offerIds: ['spot'] },
    });
    expect(placePassingOver(need, [{ ...bought, freeMilliCpu: 0 }, other], flows)).toMatchObject({
      couldNotFollow: { because: 'hosts-full', offerIds: ['spot'] },
    });
    expect(placePassingOver(need, [bought], flows)).toMatchObject({ workerId: 'failing', placedBy: 'plan' });
  });
});

test('a start is held back only for a worker on which starts work and which has room for it', () => {
  const candidates = fc.array(
    fc.record({
      freeMilliCpu: fc.constantFrom(0, 4_000),
      freeStarts: fc.nat(2),
      hasImage: fc.boolean(),
      passedOverUntil: fc.option(fc.nat(120_000), { nil: undefined }),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(candidates, (drawn) => {
      const workers = drawn.map(({ passedOverUntil, ...rest }, index) =>
        worker(`wo-${index}`, { ...rest, ...(passedOverUntil !== undefined && { passedOverUntil }) }),
      );
      const placed = chosen(workers);
      const trusted = workers.filter(({ passedOverUntil }) => passedOverUntil === undefined);
      const mayServe = trusted.some(({ freeMilliCpu }) => freeMilliCpu > 0);
      if (mayServe) expect(placed).toBe(placeTask(need, trusted)?.workerId);
      else expect(placed === undefined).toBe(placeTask(need, workers) === undefined);
    }),
  );
});
