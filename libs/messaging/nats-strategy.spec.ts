import type { Bus } from './bus.js';
import { decode } from './envelope.js';
import { NatsStrategy } from './nats-strategy.js';

const MAX_PAYLOAD = 1_000;

type Callback = (
  error: Error | null,
  message: { data: Uint8Array; respond: (bytes: Uint8Array) => void },
) => void;

/** A bus that takes no large messages, and one request that is answered over it. */
const askOver = (answer: () => unknown) => {
  let callback: Callback = () => undefined;
  const connection = {
    info: { max_payload: MAX_PAYLOAD },
    subscribe: (_: string, options: { callback: Callback }) => (callback = options.callback),
  };
  const faults: string[] = [];
  const strategy = new NatsStrategy({ connection, service: 'spec' } as unknown as Bus, (_, fault) =>
    faults.push(fault),
  );
  strategy.addHandler('spec.ask', async () => answer());
  strategy.listen(() => undefined);
  const answered = new Promise((resolve) =>
    callback(null, {
      data: new TextEncoder().encode('{}'),
      respond: (bytes) => resolve(decode(bytes)),
    }),
  );
  return { answered, faults };
};

test.each(['before', 'after'])('closed %s it listens, it is subscribed to nothing', async (when) => {
  const subscribed = new Set<string>();
  const subscribe = (subject: string) => {
    subscribed.add(subject);
    return { drain: async () => void subscribed.delete(subject) };
  };
  const bus = { connection: { subscribe }, service: 'spec' } as unknown as Bus;
  const strategy = new NatsStrategy(bus, () => undefined, 'one');
  strategy.addHandler('spec.ask', async () => undefined);
  if (when === 'before') await strategy.close();
  strategy.listen(() => undefined);
  if (when === 'after') {
    expect([...subscribed]).toEqual(['spec.ask', 'spec.ask.one']);
    await strategy.close();
  }
  expect([...subscribed]).toEqual([]);
});

test('an answer is sent as it is', async () => {
  const { answered, faults } = askOver(() => ({ value: 7 }));
  expect(await answered).toEqual({ value: 7 });
  expect(faults).toEqual([]);
});

test('an answer that the bus does not take is a no: the asker need not ask again', async () => {
  const { answered, faults } = askOver(() => ({ value: 'x'.repeat(MAX_PAYLOAD) }));
  expect(await answered).toMatchObject({
    refusal: { refused: 'invalid', code: 'message-too-large', message: expect.stringContaining('spec.ask') },
  });
  expect(faults).toHaveLength(1);
});

test('a question that cannot be answered is a fault, which the asker hears of', async () => {
  const { answered } = askOver(() => {
    throw new Error('no');
  });
  expect(await answered).toEqual({ fault: 'Error: no' });
});
