import { routerUrl } from './router-url.js';

test.each([
  ['http://127.0.0.1:8080', 'localhost', 'python', 'http://localhost:8080'],
  ['http://127.0.0.1:8080', undefined, 'python', 'http://127.0.0.1:8080'],
  ['http://127.0.0.1:8080', '127.0.0.1', 'other', 'https://127.0.0.1:8080'],
  ['https://slipway.example.com', 'slipway.example.com', 'python', 'https://slipway.example.com'],
  ['https://slipway.example.com:8443/', 'localhost', 'other', 'https://slipway.example.com:8443'],
] as const)(
  '%s, known to the client as %s, is for %s clients %s',
  (publicUrl, clientHost, clientKind, url) => {
    expect(routerUrl({ publicUrl, clientHost, clientKind })).toBe(url);
  },
);

test('without TLS a stranger is told what would be right', () => {
  const ask = { publicUrl: 'http://10.0.0.1:8080', clientHost: '10.0.0.1', clientKind: 'python' } as const;
  expect(routerUrl(ask)).toMatchObject({ refused: 'conflict', code: 'router-needs-tls' });
});
