import { PassThrough } from 'node:stream';
import { jest } from '@jest/globals';
import { ContainerExecs } from './container-execs.js';

const DAY_MS = 24 * 3_600_000;

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

test.each([
  ['a second', 1_000],
  ['a year, which no single timer lasts', 365 * DAY_MS],
])('a program with a limit of %s is killed when that is over, and not before', async (_, timeoutMs) => {
  const exited = Promise.withResolvers<number>();
  let kills = 0;
  const running = {
    ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
    exited: exited.promise,
    kill: async () => {
      kills += 1;
      exited.resolve(137);
    },
  };
  const process = { args: [], env: [], cwd: '/' };
  const execs = new ContainerExecs(
    { exec: async () => running } as never,
    { id: 'ta-1', folder: '/', process } as never,
  );
  const plan = { execId: 'ex-1', args: ['sleep'], env: {}, stdout: 'discard', stderr: 'discard' } as const;
  await execs.start({ ...plan, timeoutMs });
  jest.advanceTimersByTime(timeoutMs - 1);
  expect(kills).toBe(0);
  jest.advanceTimersByTime(1);
  expect(kills).toBe(1);
  expect(await (await execs.find('ex-1')).exited).toBe(137);
});
