import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPublicApi } from './open-public-api.ts';

let site: Server;
let asked: string[] = [];
let waited: number[] = [];

/** A site of which the first answer to anybody is that it was asked too often. */
beforeEach(async () => {
  [asked, waited] = [[], []];
  site = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    if (url === '/v1/elsewhere') return response.end('<html>');
    if (asked.length > 1) return response.end('{"items":[1]}');
    response.writeHead(429, { 'retry-after': '34', 'content-type': 'application/problem+json' });
    return response.end('{"detail":"More than 600 requests in a minute"}');
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => site.close(closed)));

const opened = () => {
  const { port } = site.address() as AddressInfo;
  const access = { url: `http://127.0.0.1:${port}`, tokenId: 'ak-1', tokenSecret: 'as-1' };
  return openPublicApi(access, (ms) => Promise.resolve(void waited.push(ms)));
};

test('what is only read is asked for again when the site says', async () => {
  expect(await opened().get('/capacity/plans')).toEqual({ items: [1] });
  expect(asked).toEqual(['GET /v1/capacity/plans', 'GET /v1/capacity/plans']);
  expect(waited).toEqual([34_000]);
});

test('what is to be done is not asked for twice', async () => {
  await expect(opened().send('POST', '/capacity/plans')).rejects.toThrow(
    'More than 600 requests in a minute',
  );
  expect([asked, waited]).toEqual([['POST /v1/capacity/plans'], []]);
});

test('a server that is no site is told from one', async () => {
  await expect(opened().get('/elsewhere')).rejects.toThrow(
    'GET /elsewhere was answered with no JSON: is MODAL_SERVER_URL the address of a site?',
  );
});
