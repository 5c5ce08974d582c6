import type { Fact } from '@slipway/contracts';
import fc from 'fast-check';
import type { RowChange } from './activity-row.js';
import { mergeChanges } from './merge-changes.js';
import { projectFact } from './project-fact.js';

/** The tables in memory: what the changes mean, row by row. */
const apply = (changes: readonly RowChange[]): Record<string, Record<string, unknown>> => {
  const rows: Record<string, Record<string, unknown>> = {};
  for (const { table, id, set, add } of changes) {
    const row = (rows[`${table}/${id}`] ??= {});
    Object.assign(row, set);
    for (const [counter, by] of Object.entries(add ?? {})) row[counter] = Number(row[counter] ?? 0) + by;
  }
  return rows;
};

const call = { callId: 'fc-1' };
const finished = (outcome: 'success' | 'user-error', inputId: string): Fact => ({
  type: 'input-finished',
  at: 5,
  ...call,
  inputId,
  outcome,
});

test('a call counts its inputs and how they ended', () => {
  const facts: Fact[] = [
    { type: 'inputs-queued', at: 2, ...call, count: 2 },
    finished('success', 'in-1'),
    finished('user-error', 'in-2'),
  ];
  expect(apply(facts.flatMap(projectFact))).toEqual({
    'calls/fc-1': { inputs: 2, succeeded: 1, failed: 1, last_output_at: 5 },
  });
});

test('a container is seen from its start to its end', () => {
  const task = { taskId: 'ta-1', at: 1 };
  const facts: Fact[] = [
    {
      type: 'task-created',
      ...task,
      functionId: 'fu-1',
      appId: 'ap-1',
      workspaceId: 'ac-1',
      workerId: 'worker-1',
    },
    { type: 'task-ready', ...task, at: 2, phases: { mounted: 3 } },
    { type: 'task-ended', ...task, at: 9, reason: 'out-of-memory', exitCode: 137 },
  ];
  expect(apply(facts.flatMap(projectFact))['tasks/ta-1']).toMatchObject({
    workspace_id: 'ac-1',
    worker_id: 'worker-1',
    state: 'ended',
    reason: 'out-of-memory',
    exit_code: 137,
    ready_at: 2,
    ended_at: 9,
  });
});

test('merged changes do what the changes did one by one', () => {
  const change = fc.record({
    table: fc.constantFrom('calls', 'tasks'),
    id: fc.constantFrom('a', 'b'),
    set: fc.dictionary(fc.constantFrom('x', 'y'), fc.integer()),
    add: fc.dictionary(fc.constantFrom('m', 'n'), fc.integer({ min: 0, max: 9 })),
  }) as fc.Arbitrary<RowChange>;
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      expect(apply(mergeChanges(changes))).toEqual(apply(changes));
    }),
  );
});
