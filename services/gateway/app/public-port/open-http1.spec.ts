import { once } from 'node:events';
import { createServer as createApi } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { closeScene, HOSTS, openFront } from '../web-front/web-front-scene.testing.js';
import { openHttp1 } from './open-http1.js';

afterEach(closeScene);

test('a head that does not become whole in time ends its connection', async () => {
  const { front } = await openFront(() => ({ revision: 1, tasks: [] }));
  const http1 = openHttp1(createApi(), front, HOSTS, 40);
  const port = createServer((socket) => http1.emit('connection', socket)).listen(0, '127.0.0.1');
  await once(port, 'listening');
  const client = connect((port.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: a--b.loc');
  expect(await text(client)).toMatch(/^HTTP\/1\.1 408 /);
  port.close();
});
