import type { PublicApi } from '../platform/open-public-api.ts';
import { fetchRecordedPeriod, linesOf, readSpan } from './recorded-period.ts';

const now = Date.parse('2026-11-22T12:34:56Z');
const spanOf = (texts: Readonly<Record<string, string>>) => readSpan(new Map(Object.entries(texts)), now);

describe('a recorded period', () => {
  test('is the last 24 hours until the last whole minute, or what is said', () => {
    expect(spanOf({})).toEqual({ from: '2026-11-21T12:34:00.000Z', until: '2026-11-22T12:34:00.000Z' });
    expect(spanOf({ until: '2026-11-20' })).toEqual({
      from: '2026-11-19T00:00:00.000Z',
      until: '2026-11-20T00:00:00.000Z',
    });
  });

  test.each([
    [{ from: 'yesterday' }, '--from is yesterday; write a day'],
    [
      { until: '2026-11-20T10:00' },
      '--until is 2026-11-20T10:00; write a day such as 2027-11-01, or a moment with its zone',
    ],
    [{ from: '2026-11-20', until: '2026-11-20' }, 'which is not before --until'],
  ])('%j is refused: %s', (texts, message) => {
    expect(() => spanOf(texts)).toThrow(message);
  });

  test('is fetched in the largest pages that there are, and written one row a line', async () => {
    const rows = [{ type: 'period' }, { type: 'demand', containers: 2 }, { type: 'note' }];
    const api = {
      get: (path: string) => {
        const query = new URLSearchParams(path.split('?')[1]);
        if (query.get('limit') !== '5000') throw new Error(`limit is ${query.get('limit')}`);
        const at = Number(query.get('cursor'));
        return Promise.resolve({ items: [rows[at]], nextCursor: at < 2 ? String(at + 1) : null });
      },
    } as unknown as PublicApi;
    const fetched = await fetchRecordedPeriod(api, spanOf({}));
    expect(fetched).toEqual(rows);
    expect(
      linesOf(fetched)
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(rows);
  });
});
