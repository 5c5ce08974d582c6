import type { RequestRow } from '../store/request-history/request-list.js';
import { RequestNotes } from './request-notes.js';

const row = (requestId: string): RequestRow => ({
  requestId,
  functionId: 'fu-1' as RequestRow['functionId'],
  cameAt: 1,
  durationMs: 2,
  status: 200,
  taskId: 'ta-1',
  route: 'GET /',
});

test('requests are written together, aside from their way', async () => {
  const written: string[][] = [];
  const notes = new RequestNotes(
    { add: async (rows) => void written.push(rows.map(({ requestId }) => requestId)) },
    { warn: () => undefined },
  );
  notes.add(row('a'));
  notes.add(row('b'));
  expect(written).toEqual([]);
  await notes.write();
  expect(written).toEqual([['a', 'b']]);
});

test('what cannot be written is kept and written later, with what came meanwhile', async () => {
  const written: string[] = [];
  let isAway = true;
  const notes = new RequestNotes(
    {
      add: async (rows) => {
        if (isAway) throw new Error('the database is away');
        written.push(...rows.map(({ requestId }) => requestId));
      },
    },
    { warn: () => undefined },
  );
  notes.add(row('a'));
  await notes.write();
  expect(written).toEqual([]);
  isAway = false;
  notes.add(row('b'));
  await notes.write();
  expect(written).toEqual(['a', 'b']);
});

test('while the database is away no more is held than a bound', async () => {
  let held = 0;
  const notes = new RequestNotes(
    {
      add: async (rows) => {
        held += rows.length;
      },
    },
    { warn: () => undefined },
  );
  for (let count = 0; count < 50_000; count += 1) notes.add(row(String(count)));
  await notes.write();
  expect(held).toBe(20_000);
});
