import { jest } from '@jest/globals';
import type { WebRouteRow } from '../store/web-entities.js';
import { RouteFinder } from './find-route.js';

const route = { host: 'a', functionId: 'fu-1' } as unknown as WebRouteRow;
const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const finderOf = (find: () => Promise<WebRouteRow | undefined>) => {
  let asked = 0;
  const finder = new RouteFinder({ find: () => ((asked += 1), find()) });
  return { finder, asked: () => asked };
};

test('the database is asked once for a name, however many ask at once, and again after a moment', async () => {
  const { finder, asked } = finderOf(() => Promise.resolve(route));
  expect(await Promise.all([finder.find('a'), finder.find('a')])).toEqual([route, route]);
  expect(finder.find('a')).toBe(route);
  expect(asked()).toBe(1);
  jest.setSystemTime(1_000);
  expect(await finder.find('a')).toBe(route);
  expect(asked()).toBe(2);
});

test('while the database is away what was known goes on; what was not, or is wrong in another way, throws', async () => {
  let trouble: Error | undefined;
  const { finder } = finderOf(() =>
    trouble === undefined ? Promise.resolve(route) : Promise.reject(trouble),
  );
  await finder.find('a');
  trouble = away;
  jest.setSystemTime(60_000);
  expect(await finder.find('a')).toBe(route);
  await expect(finder.find('b')).rejects.toThrow('connect');
  trouble = new Error('no such column');
  jest.setSystemTime(120_000);
  await expect(finder.find('a')).rejects.toThrow('no such column');
});
