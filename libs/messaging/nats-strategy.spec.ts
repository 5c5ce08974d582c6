import type { Bus } from './bus.js';
import { decode } from './envelope.js';
import { NatsStrategy } from './nats-strategy.js';

const MAX_PAYLOAD = 1_000;

type Callback = (
  error: Error | null,
  message: { data: Uint8Array; respond: (bytes: Uint8Array) => void },
) => void;

/** A bus that refuses large messages, as the real one does, and one request that is answered over it. */
const askOver = (answer: () => unknown) => {
  let callback: Callback = () => undefined;
  const connection = {
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
      respond: (bytes) => {
        if (bytes.length > MAX_PAYLOAD) throw new Error('MAX_PAYLOAD_EXCEEDED');
        resolve(decode(bytes));
      },
    }),
  );
  return { answered, faults };
};

test('an answer is sent as it is', async () => {
  const { answered, faults } = askOver(() => ({ value: 7 }));
  expect(await answered).toEqual({ value: 7 });
  expect(faults).toEqual([]);
});

test('an answer that the bus does not take is a fault, which the asker hears of', async () => {
  const { answered, faults } = askOver(() => ({ value: 'x'.repeat(MAX_PAYLOAD) }));
  expect(await answered).toEqual({ fault: 'Error: MAX_PAYLOAD_EXCEEDED' });
  expect(faults).toEqual(['Error: MAX_PAYLOAD_EXCEEDED']);
});

test('so is a question that cannot be answered', async () => {
  const { answered } = askOver(() => {
    throw new Error('no');
  });
  expect(await answered).toEqual({ fault: 'Error: no' });
});
