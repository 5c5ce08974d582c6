import { WorkLoop } from './work-loop.js';

const FOR_EVER_MS = 3_600_000;

test('work is done at once while there is some, and a stop waits for no pause', async () => {
  let left = 3;
  const idle = Promise.withResolvers<void>();
  const loop = new WorkLoop({
    work: async () => {
      if (left === 0) idle.resolve();
      return left-- > 0;
    },
    idleMs: FOR_EVER_MS,
    retryMs: FOR_EVER_MS,
    failed: () => undefined,
  });
  await idle.promise;
  await loop.stop();
  expect(left).toBe(-1);
});

test('a stop waits for the work under way, and no more is begun', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<boolean>();
  let times = 0;
  const loop = new WorkLoop({
    work: () => {
      times += 1;
      begun.resolve();
      return goOn.promise;
    },
    idleMs: 1,
    retryMs: 1,
    failed: () => undefined,
  });
  await begun.promise;
  let stopped = false;
  const stopping = loop.stop().then(() => (stopped = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  goOn.resolve(true);
  await stopping;
  expect(times).toBe(1);
});

test('what went wrong is told and tried again, but for a database that is away', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const wrong = new Error('wrong');
  const errors = [away, wrong];
  const told: unknown[] = [];
  const done = Promise.withResolvers<void>();
  const loop = new WorkLoop({
    work: async () => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      done.resolve();
      return false;
    },
    idleMs: FOR_EVER_MS,
    retryMs: 1,
    failed: (error) => told.push(error),
  });
  await done.promise;
  await loop.stop();
  expect(told).toEqual([wrong]);
});
