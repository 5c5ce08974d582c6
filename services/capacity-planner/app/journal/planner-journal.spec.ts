import type { NewEvent } from '@slipway/kernel';
import { PlannerJournal, type PlannerEvent } from './planner-journal.js';

test('the log and who folds have an event as the log can hold it', async () => {
  const written: NewEvent[] = [];
  const log = {
    append: async (rows: readonly NewEvent[]) => written.push(...rows),
    read: async () => [],
    versionsOf: async () => new Map(),
  };
  const journal = new PlannerJournal(log, { shard: 'planner', epoch: 1 });
  const folded: unknown[] = [];
  journal.foldInto(({ data }) => folded.push(data));
  const frozen: PlannerEvent = { type: 'planning-frozen', data: { by: 'ada', reason: 'a\0 fire' } };
  const recorded = await journal.record(
    () => 'control',
    () => [frozen],
    1,
  );
  const data = { by: 'ada', reason: 'a fire' };
  expect([recorded, written, folded]).toMatchObject([[{ data }], [{ data }], [data]]);
});
