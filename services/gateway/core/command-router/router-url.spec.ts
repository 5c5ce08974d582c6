import { routerUrl } from './router-url.js';

test.each([
  ['http://127.0.0.1:8080', 'localhost', 'python', 'http://localhost:8080'],
  ['http://127.0.0.1:8080', '127.0.0.1', 'other', 'https://127.0.0.1:8080'],
  ['http://127.0.0.1:8080', '::1', 'other', 'https://[::1]:8080'],
  ['http://[::1]:8080', '::1', 'python', 'http://[::1]:8080'],
  ['http://[::1]', '::1', 'python', 'http://[::1]:80'],
  ['https://slipway.example.com', 'slipway.example.com', 'python', 'https://slipway.example.com'],
  ['https://slipway.example.com:8443/', 'localhost', 'other', 'https://slipway.example.com:8443'],
] as const)(
  '%s, known to the client as %s, is for %s clients %s',
  (publicUrl, clientHost, clientKind, url) => {
    expect(routerUrl({ publicUrl, clientHost, clientKind })).toBe(url);
  },
);

test('through a tunnel from its own machine a client without TLS is let in, whatever the server calls itself', () => {
  const ask = { publicUrl: 'http://10.0.0.1:8080', clientHost: 'localhost', clientKind: 'other' } as const;
  expect(routerUrl(ask)).toBe('https://localhost:8080');
});

/** JavaScript takes a conflict for the end of the sandbox, and would not show it. */
test.each(['10.0.0.1', undefined])(
  'without TLS %s is told what would be right, as something not served',
  (clientHost) => {
    const ask = { publicUrl: 'http://127.0.0.1:8080', clientHost, clientKind: 'python' } as const;
    expect(routerUrl(ask)).toMatchObject({ refused: 'unsupported', code: 'router-needs-tls' });
  },
);

test('with TLS code in a container reaches it as anybody does', () => {
  const ask = { publicUrl: 'https://a.example', clientHost: undefined, clientKind: 'python' } as const;
  expect(routerUrl(ask)).toBe('https://a.example');
});
