import type { Fact } from '@slipway/contracts';
import { projectInputs } from './project-inputs.js';

const of = { callId: 'fc-1', inputId: 'in-1' };
const queued: Fact = { type: 'inputs-queued', at: 1, callId: 'fc-1', count: 2, inputIds: ['in-1', 'in-2'] };
const started: Fact = { type: 'input-started', at: 2, ...of, taskId: 'ta-1' };
const finished: Fact = { type: 'input-finished', at: 5, ...of, outcome: 'success', taskId: 'ta-1' };

test('the facts of an input become one change', () => {
  expect(projectInputs([queued, started, finished])).toEqual([
    {
      id: 'in-1',
      callId: 'fc-1',
      queuedAt: 1,
      startedAt: 2,
      finishedAt: 5,
      taskId: 'ta-1',
      outcome: 'success',
    },
    { id: 'in-2', callId: 'fc-1', queuedAt: 1 },
  ]);
});

test('an input that is put back has neither start nor end', () => {
  const requeued: Fact = { type: 'input-requeued', at: 6, ...of, reason: 'retry' };
  expect(projectInputs([started, finished, requeued])).toMatchObject([
    { id: 'in-1', startedAt: 0, finishedAt: 0, outcome: '', taskId: '' },
  ]);
});
