import { YesWatch } from './yes-watch.js';

const LONG = () => Date.now() + 60_000;
const never = new AbortController().signal;

/** A table of requests that may be answered, and what was asked of it; each look is told of to who awaits it. */
const tableOf = (...flowIds: readonly string[]) => {
  const open = new Set(flowIds);
  const looks: (readonly string[])[] = [];
  let told = Promise.withResolvers<void>();
  const watch = new YesWatch(async (asked) => {
    looks.push(asked);
    told.resolve();
    told = Promise.withResolvers();
    return open;
  }, 1);
  return { open, looks, watch, nextLook: () => told.promise };
};

test('all waits of a process share one look, and each ends with its own answer', async () => {
  const { open, looks, watch, nextLook } = tableOf('tf-1', 'tf-2');
  const first = Promise.all([1, 2, 3].map(() => watch.news('tf-1', LONG(), never)));
  const second = watch.news('tf-2', LONG(), never);
  await nextLook();
  expect(looks).toEqual([['tf-1', 'tf-2']]);
  open.delete('tf-1');
  await first;
  await nextLook();
  expect(looks.at(-1)).toEqual(['tf-2']);
  open.delete('tf-2');
  await second;
});

test('a wait ends at its time, and when its client leaves', async () => {
  const { watch } = tableOf('tf-1');
  await watch.news('tf-1', Date.now(), never);
  const client = new AbortController();
  const wait = watch.news('tf-1', LONG(), client.signal);
  client.abort();
  await wait;
  await watch.news('tf-1', LONG(), client.signal);
});

test('one more than a few waits for one request is refused, until one of them ends', async () => {
  const { open, watch } = tableOf('tf-1', 'tf-2');
  const client = new AbortController();
  const waits = [client.signal, never, never, never].map((signal) => watch.news('tf-1', LONG(), signal));
  expect(() => watch.news('tf-1', LONG(), never)).toThrow('4 clients wait for this token already');
  client.abort();
  waits.push(watch.news('tf-1', LONG(), never), watch.news('tf-2', LONG(), never));
  open.clear();
  await Promise.all(waits);
});

test('where the look fails, everybody looks for themselves', async () => {
  const watch = new YesWatch(() => Promise.reject(new Error('no database')), 1);
  await watch.news('tf-1', LONG(), never);
});
