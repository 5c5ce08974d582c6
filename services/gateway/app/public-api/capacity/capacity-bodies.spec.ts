import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EventsQuery, RejectedQuery } from './capacity-bodies.js';

const refused = (query: typeof RejectedQuery | typeof EventsQuery, cursor?: string): unknown =>
  validateSync(plainToInstance<object, object>(query, cursor === undefined ? {} : { cursor })).map(
    ({ constraints }) => constraints,
  );

test.each([RejectedQuery, EventsQuery])('a cursor is one of a page before: %p', (query) => {
  expect(refused(query, '50')).toEqual([]);
  expect(refused(query)).toEqual([]);
  for (const cursor of ['abc', '-1', '1.5', '1e9', ''])
    expect(refused(query, cursor)).toMatchObject([
      { matches: 'cursor must be the nextCursor of a page before' },
    ]);
});
