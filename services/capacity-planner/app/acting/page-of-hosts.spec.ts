import type { Host } from '@slipway/capacity-planner-core';
import { pageOfHosts } from './page-of-hosts.js';

const live = (hostId: string, askedAt: number) => ({ hostId, askedAt, status: 'asked' }) as unknown as Host;
const over = (hostId: string, askedAt: number) =>
  ({ hostId, askedAt, status: 'refused', endedAt: askedAt + 1 }) as unknown as Host;
const idsOf = (hosts: readonly Host[]) => hosts.map(({ hostId }) => hostId);

const hosts = [live('h-1', 1), over('h-2', 2), live('h-3', 3), over('h-5', 5), over('h-4', 5)];

test('those that are not over come first, then the newest', () => {
  const { page, nextCursor } = pageOfHosts(hosts, { limit: 10 });
  expect([idsOf(page), nextCursor]).toEqual([['h-3', 'h-1', 'h-5', 'h-4', 'h-2'], undefined]);
});

test('each host is listed once, whatever the size of pages', () => {
  for (const limit of [1, 2, 3, 4, 5]) {
    const read = (cursor?: string): readonly string[] => {
      const { page, nextCursor } = pageOfHosts(hosts, { limit, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.length).toBeLessThanOrEqual(limit);
      return [...idsOf(page), ...(nextCursor === undefined ? [] : read(nextCursor))];
    };
    expect(read()).toEqual(['h-3', 'h-1', 'h-5', 'h-4', 'h-2']);
  }
});

test('hosts that end while pages are read are on a later one, and those that were shown are not shown again', () => {
  const { nextCursor } = pageOfHosts(hosts, { limit: 1 });
  const since = [over('h-1', 1), over('h-2', 2), over('h-3', 3), over('h-5', 5), over('h-4', 5)];
  expect(idsOf(pageOfHosts(since, { limit: 10, cursor: nextCursor! }).page)).toEqual([
    'h-5',
    'h-4',
    'h-2',
    'h-1',
  ]);
});

test.each(['', 'live', 'gone.1.h-1', 'live.x.h-1', "live.1.'; drop"])("'%s' is no cursor", (cursor) => {
  expect(() => pageOfHosts(hosts, { limit: 1, cursor })).toThrow(
    `'${cursor}' is no cursor: pass the nextCursor of the page before.`,
  );
});
