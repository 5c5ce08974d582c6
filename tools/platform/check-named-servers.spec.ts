import { createServer, type AddressInfo, type Server } from 'node:net';
import { checkNamedServers } from './check-named-servers.ts';

const natsInfo = (maxPayload: number): string =>
  `INFO {"server_id":"spec","version":"2.12.0","max_payload":${maxPayload},"headers":true} \r\n`;

/** A server that says this to all who connect. */
const saying = async (greeting: string): Promise<Readonly<{ server: Server; port: number }>> => {
  const server = createServer((socket) => socket.on('error', () => undefined).write(greeting));
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { server, port: (server.address() as AddressInfo).port };
};

describe('servers that the operator names', () => {
  test('none named is fine', async () => {
    await expect(checkNamedServers({})).resolves.toBeUndefined();
  });

  test('one that listens is fine; one that does not is named with its variable and address', async () => {
    const { server, port } = await saying(natsInfo(8 * 1024 * 1024));
    const NATS_URL = `nats://user:secret@127.0.0.1:${port}`;
    await expect(checkNamedServers({ NATS_URL })).resolves.toBeUndefined();
    await new Promise((done) => server.close(done));
    await expect(checkNamedServers({ NATS_URL })).rejects.toThrow(`NATS_URL names 127.0.0.1:${port}`);
  });

  test.each([
    [natsInfo(1_048_576), /at most 1048576 bytes \(max_payload\).* up to 8000000: set max_payload: 8MB/],
    ['SSH-2.0-spec\r\n', /is no NATS server/],
  ])('a NATS server that takes too small messages, or none, is refused: %s', async (greeting, words) => {
    const { server, port } = await saying(greeting);
    await expect(checkNamedServers({ NATS_URL: `nats://127.0.0.1:${port}` })).rejects.toThrow(words);
    await new Promise((done) => server.close(done));
  });

  test('what is no URL is shown', async () => {
    await expect(checkNamedServers({ REDIS_URL: 'localhost' })).rejects.toThrow("REDIS_URL is 'localhost'");
  });
});
