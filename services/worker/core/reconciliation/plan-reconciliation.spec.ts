import type { StopHow, TaskAssignment, TaskStop, WorkerPlan } from '@slipway/contracts';
import { planReconciliation } from './plan-reconciliation.js';

const nothing: WorkerPlan = { start: [], stop: [], cancel: [] };
const assignment = { taskId: 'ta-1' } as TaskAssignment;
const none = { alive: [], ended: new Set<string>() };
const stop = (how: StopHow) => ({ taskId: 'ta-1', how, reason: 'idle' }) as const;

describe('reconciling with the plan', () => {
  test('a task that is not here is started, once', () => {
    expect(planReconciliation({ ...nothing, start: [assignment, assignment] }, none)).toEqual([
      { kind: 'start', assignment },
    ]);
  });

  test('a task that is here or has ended here is not started again', () => {
    const plan = { ...nothing, start: [assignment] };
    expect(planReconciliation(plan, { ...none, alive: [{ taskId: 'ta-1', phase: 'ready' }] })).toEqual([]);
    expect(planReconciliation(plan, { ...none, ended: new Set(['ta-1']) })).toEqual([]);
  });

  test('a stop becomes more urgent, never less', () => {
    const own = (stopping?: TaskStop) => ({
      ...none,
      alive: [{ taskId: 'ta-1', phase: 'ready' as const, ...(stopping && { stopping }) }],
    });
    expect(planReconciliation({ ...nothing, stop: [stop('graceful')] }, own())).toHaveLength(1);
    expect(
      planReconciliation({ ...nothing, stop: [stop('graceful')] }, own({ how: 'graceful', reason: 'idle' })),
    ).toEqual([]);
    expect(
      planReconciliation({ ...nothing, stop: [stop('kill')] }, own({ how: 'graceful', reason: 'idle' })),
    ).toHaveLength(1);
    const drain = own({ how: 'drain', reason: 'idle' });
    expect(planReconciliation({ ...nothing, stop: [stop('drain')] }, drain)).toEqual([]);
    expect(planReconciliation({ ...nothing, stop: [stop('graceful')] }, drain)).toHaveLength(1);
    const forApp = { ...stop('graceful'), reason: 'app-stopped' } as const;
    expect(
      planReconciliation({ ...nothing, stop: [forApp] }, own({ how: 'graceful', reason: 'idle' })),
    ).toHaveLength(1);
    expect(
      planReconciliation({ ...nothing, stop: [stop('graceful')] }, own({ how: 'kill', reason: 'idle' })),
    ).toEqual([]);
  });

  test('what is not here cannot be stopped or cancelled', () => {
    expect(
      planReconciliation(
        { ...nothing, stop: [stop('kill')], cancel: [{ taskId: 'ta-1', inputIds: ['in-1'] }] },
        none,
      ),
    ).toEqual([]);
  });
});
