import { poolOf, type LendingPool } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStore } from './open-store.js';
import { Statistics } from './statistics.js';

let pool: LendingPool;

overPostgres(openStore, async (orm) => {
  pool = await poolOf(orm);
});

const LONG = { text: 'select pg_sleep(600)' };

test('a statement that takes too long is ended and refused in words; those of others have all the time they need', async () => {
  const statistics = new Statistics(pool, { statement: 20, waiting: 60_000 });
  const asked = Array.from({ length: 8 }, () =>
    statistics.read('ac-1', (connection) => connection.query(LONG)),
  );
  for (const answer of await Promise.allSettled(asked))
    expect(answer).toMatchObject({
      reason: { refusal: { refused: 'exhausted', code: 'statistics-too-long' } },
    });
  const left = {
    text: `select pid from pg_stat_activity where query like '%pg_sleep(600)' and state = 'active' and pid <> pg_backend_pid()`,
  };
  expect((await pool.query(left)).rows).toEqual([]);
  const limits = Array.from({ length: 8 }, () => pool.query({ text: 'show statement_timeout' }));
  for (const { rows } of await Promise.all(limits)) expect(rows).toEqual([{ statement_timeout: '0' }]);
});

test('a workspace has two connections at once, all together three; who waits too long is told so', async () => {
  const statistics = new Statistics(pool, { statement: 60_000, waiting: 20 });
  const reading: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const read = (workspaceId: string): Promise<void> =>
    statistics.read(workspaceId, () => {
      reading.push(workspaceId);
      return over;
    });
  const asked = ['ac-1', 'ac-1', 'ac-1', 'ac-2', 'ac-2'].map((workspaceId) => read(workspaceId));
  const told = [asked[2], asked[4]].map((waiting) =>
    expect(waiting).rejects.toMatchObject({ refusal: { refused: 'exhausted', code: 'statistics-busy' } }),
  );
  await Promise.all(told);
  end();
  await Promise.all([asked[0], asked[1], asked[3]]);
  expect(reading.toSorted()).toEqual(['ac-1', 'ac-1', 'ac-2']);
  await read('ac-3');
});
