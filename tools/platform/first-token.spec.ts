import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askForFirstToken, whyNoHello } from './first-token.ts';

const TOKEN = { tokenId: 'ak-1', tokenSecret: 'as-1' };

const answeredWith = async (status: number) => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url, headers }, answer) => {
    asked.push(url, headers.authorization);
    answer.writeHead(status).end('{}');
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  const { port } = server.address() as AddressInfo;
  try {
    const token = await askForFirstToken({ url: `http://127.0.0.1:${port}`, ...TOKEN });
    return { token, asked };
  } finally {
    await new Promise((closed) => server.close(closed));
  }
};

test('a token that was removed with its owner, revoked or disabled is turned away', async () => {
  expect(await answeredWith(401)).toEqual({
    token: 'turned-away',
    asked: ['/v1/environments', 'Bearer ak-1:as-1'],
  });
});

test.each([200, 429, 503])('an answer with status %i says nothing against the token', async (status) => {
  expect((await answeredWith(status)).token).toBe('valid');
});

test('nor does a site that does not answer', async () => {
  expect(await askForFirstToken({ url: 'http://127.0.0.1:1', ...TOKEN })).toBe('valid');
});

test('without its token the first example is left out, with the reason', () => {
  expect(whyNoHello({ hello: true }, 'valid')).toBeUndefined();
  expect(whyNoHello({ hello: false }, 'turned-away')).toBe('--no-hello');
  expect(whyNoHello({ hello: true }, 'turned-away')).toMatch('lets nobody in');
});
