import { webHost } from './web-host.js';

const own = new Set(['api.example.com']);

test.each([
  [undefined, { kind: 'api' }],
  ['127.0.0.1:9000', { kind: 'api' }],
  ['[::1]:9000', { kind: 'api' }],
  ['localhost:9000', { kind: 'api' }],
  ['web.example.com', { kind: 'api' }],
  ['api.example.com:443', { kind: 'api' }],
  ['Acme--Shop.web.example.com:8080', { kind: 'label', host: 'acme--shop' }],
  ['acme--shop.web.example.com.', { kind: 'label', host: 'acme--shop' }],
  ['shop.acme.org', { kind: 'domain', host: 'shop.acme.org' }],
])('%s is %j', (header, host) => {
  expect(webHost(header, 'web.example.com', own)).toEqual(host);
});

test('with the domain localhost every name under it is a label', () => {
  expect(webHost('a--b.localhost:23000', 'localhost', own)).toEqual({ kind: 'label', host: 'a--b' });
});
