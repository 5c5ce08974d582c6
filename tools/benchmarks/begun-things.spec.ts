import { BegunThings } from './begun-things.ts';

const notedIn = (begun: BegunThings, log: string[], name: string) =>
  begun.note(async () => void log.push(name));
const never = () => new Promise<never>(() => undefined);

test('what was begun is taken back after the work, once, and its result is given', async () => {
  const [begun, log] = [new BegunThings(), [] as string[]];
  const found = await begun.during(
    async () => void log.push('back'),
    async () => log.push('work'),
  );
  await begun.interrupt();
  expect([found, log]).toEqual([1, ['work', 'back']]);
});

test('an interruption takes all back, the last first, while the work goes on', async () => {
  const [begun, log] = [new BegunThings(), [] as string[]];
  void begun.during(async () => void log.push('platform'), never);
  void begun.during(async () => void log.push('app'), never);
  notedIn(begun, log, 'container');
  await begun.interrupt();
  expect(log).toEqual(['container', 'app', 'platform']);
});

test('work that ends by the interruption does not take back a second time, and waits for the first', async () => {
  const [begun, log] = [new BegunThings(), [] as string[]];
  const taken = Promise.withResolvers<void>();
  const work = Promise.withResolvers<never>();
  const run = begun
    .during(
      () => (log.push('asked'), taken.promise),
      () => work.promise,
    )
    .catch((error: Error) => log.push(error.message));
  const interrupted = begun.interrupt();
  work.reject(new Error('its program was ended'));
  taken.resolve();
  await Promise.all([run, interrupted]);
  expect(log).toEqual(['asked', 'its program was ended']);
});

test('nothing begins after an interruption', async () => {
  const [begun, log] = [new BegunThings(), [] as string[]];
  await begun.interrupt();
  await expect(
    begun.during(
      async () => undefined,
      async () => log.push('work'),
    ),
  ).rejects.toThrow('interrupted');
  expect(log).toEqual([]);
});

test('what cannot be taken back keeps nothing else from it, and is told', async () => {
  const [begun, log] = [new BegunThings(), [] as string[]];
  notedIn(begun, log, 'app');
  begun.note(() => Promise.reject(new Error('the container is stuck')));
  await expect(begun.interrupt()).rejects.toThrow('the container is stuck');
  expect(log).toEqual(['app']);
});

test('the error of the work is not hidden by that of taking it back', async () => {
  const failing = (message: string) => () => Promise.reject(new Error(message));
  await expect(new BegunThings().during(failing('no app'), failing('the deployment failed'))).rejects.toThrow(
    'the deployment failed',
  );
  await expect(new BegunThings().during(failing('no app'), async () => 1)).rejects.toThrow('no app');
});
