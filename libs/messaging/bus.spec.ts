import { createServer, type AddressInfo } from 'node:net';
import { RefusedError } from '@slipway/kernel';
import { Bus } from './bus.js';

const MAX_PAYLOAD = 1_000;

/** A server that takes connections and small messages, and answers none of them. */
const silentServer = async () => {
  const server = createServer((socket) => {
    socket.write(
      `INFO {"server_id":"spec","version":"2.12.0","max_payload":${MAX_PAYLOAD},"headers":true}\r\n`,
    );
    socket.on('data', (data) => data.includes('PING\r\n') && socket.write('PONG\r\n'));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

test.each(['request', 'persist'] as const)(
  'a question that is too large for the bus is refused by %s, with its size and the limit',
  async (how) => {
    const { server, url } = await silentServer();
    const bus = await Bus.connect({ url, service: 'spec' });
    const refused = bus[how]('blob-store.find-missing', { digests: ['x'.repeat(MAX_PAYLOAD)] });
    const error = (await refused.catch((cause: unknown) => cause)) as RefusedError;
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.refusal).toEqual({
      refused: 'invalid',
      code: 'message-too-large',
      message:
        'The request blob-store.find-missing has 1016 bytes, but a message between services holds at most 1000.',
    });
    await bus.connection.close();
    await new Promise((closed) => server.close(closed));
  },
);
