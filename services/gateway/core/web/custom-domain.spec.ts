import { refuseCustomDomain } from './custom-domain.js';

const own = { webDomain: 'web.example.com', apiHost: 'slipway.example.com' };

test.each([
  ['shop.acme.org', undefined],
  ['Shop.Acme.Org', undefined],
  ['acme--shop-hello', 'domain-malformed'],
  ['', 'domain-malformed'],
  ['-a.example.org', 'domain-malformed'],
  ['10.0.0.1', 'domain-malformed'],
  ['a.example.org:8443', 'domain-malformed'],
  ['victim.web.example.com', 'domain-reserved'],
  ['web.example.com', 'domain-reserved'],
  ['slipway.example.com', 'domain-reserved'],
])('the domain %p is refused as %p', (name, code) => {
  expect(refuseCustomDomain(name, own)?.code).toBe(code);
});
