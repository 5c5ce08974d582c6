import { MOST_LISTED_BYTES, type AppView } from '@slipway/contracts';
import { thatFit } from './list-apps.js';

const view = (appId: string, stoppedAt?: number): AppView => ({
  ...{
    appId,
    workspaceId: 'ws-1',
    environment: 'main',
    description: 'x'.repeat(1_000),
    lifetime: 'ephemeral',
  },
  ...{ state: stoppedAt === undefined ? 'running' : 'stopped', createdAt: 1, version: 1, runningTasks: 0 },
  ...{ functionIds: {}, classIds: {}, tags: {} },
  ...(stoppedAt === undefined ? {} : { stoppedAt }),
});

test('all apps are listed, in their order, while a message holds them', () => {
  const apps = [view('ap-1', 5), view('ap-2'), view('ap-3', 7)];
  expect(thatFit(apps)).toEqual(apps);
});

test('of more than a message holds those are listed that run, and those that stopped last', () => {
  const apps = Array.from({ length: 10_000 }, (_, n) => view(`ap-${n}`, n === 0 ? undefined : n));
  const listed = thatFit(apps);
  expect(JSON.stringify(listed).length).toBeLessThan(MOST_LISTED_BYTES);
  expect(listed.length).toBeGreaterThan(1_000);
  expect(listed).toEqual([apps[0], ...apps.slice(10_001 - listed.length)]);
});
