import { createServer, type AddressInfo } from 'node:net';
import { MESSAGE_BYTES } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { Bus } from './bus.js';

/** A server that takes connections and messages of so many bytes, and answers none of them. */
const silentServer = async (mostBytes = MESSAGE_BYTES) => {
  const server = createServer((socket) => {
    socket.write(
      `INFO {"server_id":"spec","version":"2.12.0","max_payload":${mostBytes},"headers":true}\r\n`,
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
    const refused = bus[how]('blob-store.find-missing', { digests: ['x'.repeat(MESSAGE_BYTES)] });
    const error = (await refused.catch((cause: unknown) => cause)) as RefusedError;
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.refusal).toEqual({
      refused: 'invalid',
      code: 'message-too-large',
      message:
        'The request blob-store.find-missing has 8000016 bytes, but a message between services holds at most 8000000.',
    });
    await bus.connection.close();
    await new Promise((closed) => server.close(closed));
  },
);

test('a server that takes smaller messages than services send is refused, with what to set', async () => {
  const { server, url } = await silentServer(1024 * 1024);
  await expect(Bus.connect({ url, service: 'spec' })).rejects.toThrow(
    `the NATS server ${new URL(url).host} takes messages of at most 1048576 bytes (max_payload), but services send up to 8000000: set max_payload: 8MB in its configuration`,
  );
  await new Promise((closed) => server.close(closed));
});
