import { QueueWaiters } from './queue-waiters.js';

type Handler = (body: unknown, subject: string) => void;

/** Two gateways on one bus. */
const gateways = () => {
  const handlers: Handler[] = [];
  const signals = {
    signal: (subject: string) => handlers.forEach((handler) => handler({}, subject)),
    onSignal: (_subject: string, handler: Handler) => {
      handlers.push(handler);
      return () => undefined;
    },
  };
  return [new QueueWaiters(signals), new QueueWaiters(signals)] as const;
};

const never = new AbortController().signal;
const partition = Buffer.from('p');
const soon = (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(() => 'woken'),
    new Promise((resolve) => setTimeout(() => resolve('asleep'), 50)),
  ]);
const inAMinute = () => Date.now() + 60_000;

test('a put in one gateway wakes one taker in each, the one that waits longest', async () => {
  const [here, there] = gateways();
  const [first, second] = [here.taker('qu-1', partition), here.taker('qu-1', partition)];
  const other = there.taker('qu-1', partition);
  const waits = [first, second, other].map((waiter) => soon(waiter.news(inAMinute(), never)));
  there.announce('qu-1', partition);
  expect(await Promise.all(waits)).toEqual(['woken', 'asleep', 'woken']);
});

test('a taker that leaves wakes the next', async () => {
  const [here] = gateways();
  const [first, second] = [here.taker('qu-1', partition), here.taker('qu-1', partition)];
  const wait = soon(second.news(inAMinute(), never));
  first.leave();
  expect(await wait).toBe('woken');
});

test('watchers are all woken, and no other partition is', async () => {
  const [here] = gateways();
  const watchers = [here.watcher('qu-1', partition), here.watcher('qu-1', partition)];
  const elsewhere = here.watcher('qu-1', Buffer.alloc(0));
  const waits = [...watchers, elsewhere].map((waiter) => soon(waiter.news(inAMinute(), never)));
  here.announce('qu-1', partition);
  expect(await Promise.all(waits)).toEqual(['woken', 'woken', 'asleep']);
});

test('news that come while the taker looks are not missed', async () => {
  const [here] = gateways();
  const taker = here.taker('qu-1', partition);
  here.announce('qu-1', partition);
  expect(await soon(taker.news(inAMinute(), never))).toBe('woken');
});

test('a wait ends with its time and with its client', async () => {
  const [here] = gateways();
  expect(await soon(here.taker('qu-1', partition).news(Date.now(), never))).toBe('woken');
  expect(await soon(here.taker('qu-1', partition).news(inAMinute(), AbortSignal.abort()))).toBe('woken');
});
