import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseReference } from '@slipway/image-builder-core';
import { Registries, RegistryRefusedError } from './registry.js';

describe('names of images', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  test.each([
    ['python', 'docker.io', 'library/python', 'latest'],
    ['python:3.11-slim', 'docker.io', 'library/python', '3.11-slim'],
    ['someone/thing:1', 'docker.io', 'someone/thing', '1'],
    ['ghcr.io/a/b/c:v1', 'ghcr.io', 'a/b/c', 'v1'],
    ['localhost:5000/x', 'localhost:5000', 'x', 'latest'],
    [`quay.io/a/b@${digest}`, 'quay.io', 'a/b', digest],
  ])('%s', (name, host, repository, reference) => {
    expect(parseReference(name)).toEqual({ host, repository, reference });
  });
  test('what is no name has no parts', () => {
    expect(parseReference('Not A Name')).toBeUndefined();
  });
});

describe('a registry', () => {
  let server: Server;
  let host: string;
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
      const answer = (status: number, body: string, headers = {}): void =>
        void response.writeHead(status, headers).end(body);
      if (request.url === '/v2/') return answer(401, '');
      if (request.url?.startsWith('/token')) return answer(200, JSON.stringify({ token: 't1' }));
      if (request.headers.authorization !== 'Bearer t1')
        return answer(401, 'no', {
          'www-authenticate': `Bearer realm="http://${host}/token",service="spec",scope="repository:a/b:pull"`,
        });
      if (request.url === '/v2/a/b/manifests/1') return answer(200, JSON.stringify({ manifests: [] }));
      if (request.url === '/v2/a/b/manifests/page') return answer(200, '<html>');
      if (request.url === '/v2/a/b/blobs/sha256:x') return answer(200, 'bytes');
      return answer(404, 'manifest unknown');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('its challenge is answered with a token, asked for with the login', async () => {
    const credentials = { username: 'u', password: 'p' };
    const source = await new Registries({}).open({ host, repository: 'a/b', reference: '1' }, credentials);
    expect(await source?.manifest('1')).toEqual({ manifests: [] });
    expect(await text((await source?.blob('sha256:x')) as never)).toBe('bytes');
    expect(asked).toContainEqual(
      `GET /token?service=spec&scope=repository%3Aa%2Fb%3Apull Basic ${Buffer.from('u:p').toString('base64')}`,
    );
  });

  test('what it has not is its own no, in its own words', async () => {
    const source = await new Registries({}).open({ host, repository: 'a/b', reference: '2' });
    await expect(source?.manifest('2')).rejects.toThrow('404 manifest unknown');
  });

  test('a page of another kind is its no too', async () => {
    const source = await new Registries({}).open({ host, repository: 'a/b', reference: 'page' });
    await expect(source?.manifest('page')).rejects.toThrow(RegistryRefusedError);
  });

  test('one that does not answer is passed over, and a mirror stands in for its host', async () => {
    const reference = { host: 'registry.invalid', repository: 'a/b', reference: '1' };
    expect(
      await new Registries({ 'registry.invalid': 'http://127.0.0.1:1' }).open(reference),
    ).toBeUndefined();
    expect(await new Registries({ 'registry.invalid': `http://${host}` }).open(reference)).toBeDefined();
  });
});
