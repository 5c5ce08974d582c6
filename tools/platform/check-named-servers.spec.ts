import { createServer, type AddressInfo } from 'node:net';
import { checkNamedServers } from './check-named-servers.ts';

describe('servers that the operator names', () => {
  test('none named is fine', async () => {
    await expect(checkNamedServers({})).resolves.toBeUndefined();
  });

  test('one that listens is fine; one that does not is named with its variable and address', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    const NATS_URL = `nats://user:secret@127.0.0.1:${port}`;
    await expect(checkNamedServers({ NATS_URL })).resolves.toBeUndefined();
    await new Promise((done) => server.close(done));
    await expect(checkNamedServers({ NATS_URL })).rejects.toThrow(`NATS_URL names 127.0.0.1:${port}`);
  });

  test('what is no URL is shown', async () => {
    await expect(checkNamedServers({ REDIS_URL: 'localhost' })).rejects.toThrow("REDIS_URL is 'localhost'");
  });
});
