import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { askRegistry } from './ask-registry.js';
import type { Reach } from './reach.js';

describe('a redirect of a registry', () => {
  const asked: string[] = [];
  const servers: Server[] = [];
  const serve = async (redirects: Readonly<Record<string, () => string>>): Promise<string> => {
    const server = createServer(({ url = '', headers }, response) => {
      asked.push(`${headers.host}${url} ${headers.authorization ?? 'no login'}`);
      const location = redirects[url]?.();
      response.writeHead(location === undefined ? 200 : 307, location === undefined ? {} : { location });
      response.end('said');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  let registry = '';
  let other = '';
  beforeAll(async () => {
    other = await serve({});
    registry = await serve({
      '/own': () => '/blob',
      '/other': () => `${other}/blob`,
      '/round': () => `${registry}/round`,
    });
  });
  beforeEach(() => void (asked.length = 0));
  afterAll(() => servers.forEach((server) => server.close()));

  const headers = { authorization: 'Basic secret' };
  const ask = async (path: string, elsewhere: 'public' | 'own') =>
    text(
      await askRegistry(
        new URL(`${registry}${path}`),
        { name: 'registry', origin: registry, itself: 'own', elsewhere },
        { headers },
      ),
    );

  test('to itself has the login, one to another host has not', async () => {
    expect([await ask('/own', 'own'), await ask('/other', 'own')]).toEqual(['said', 'said']);
    const host = (url: string): string => url.replace('http://', '');
    expect(asked).toEqual([
      `${host(registry)}/own Basic secret`,
      `${host(registry)}/blob Basic secret`,
      `${host(registry)}/other Basic secret`,
      `${host(other)}/blob no login`,
    ]);
  });

  test('to a host that it may not lead to is not followed', async () => {
    await expect(ask('/other', 'public')).rejects.toThrow('leads to');
    expect(asked).toHaveLength(1);
  });

  test('without an end has one', async () => {
    await expect(ask('/round', 'own')).rejects.toThrow('redirects more than 5 times');
  });

  test('go nowhere where its name had no address when it was looked at', async () => {
    const { port } = new URL(registry);
    const nowhere = {
      name: 'r',
      origin: `http://localhost:${port}`,
      addresses: [],
      itself: 'own',
      elsewhere: 'own',
    };
    const url = new URL(`http://localhost:${port}/own`);
    await expect(askRegistry(url, nowhere as Reach)).rejects.toThrow('nobody knows localhost');
    expect(asked).toEqual([]);
  });
});
