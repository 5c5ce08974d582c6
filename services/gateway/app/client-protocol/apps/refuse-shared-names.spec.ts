import type { WantedNames } from '../functions/wanted-names.js';
import { sharedName } from './refuse-shared-names.js';

const endpoint = (functionTag: string, label: string, ...domains: readonly string[]): WantedNames => ({
  endpoint: { functionTag } as WantedNames['endpoint'],
  label,
  truncated: false,
  markedLabel: `${label}-marked`,
  domains,
});

test('endpoints with names of their own are published together', () => {
  expect(sharedName([])).toBeUndefined();
  const domain = 'shop.example.com';
  expect(
    sharedName([endpoint('one of shop', 'acme--one', domain, domain), endpoint('two of shop', 'acme--two')]),
  ).toBeUndefined();
});

test.each([
  [
    'label',
    [endpoint('one of shop', 'acme--api'), endpoint('Two.m of shop', 'acme--api')],
    "'one of shop' and 'Two.m of shop' have the same label 'acme--api': give one of them another `label=`.",
  ],
  [
    'domain',
    [endpoint('one of shop', 'acme--one', 'a.example'), endpoint('two of shop', 'acme--two', 'a.example')],
    "'one of shop' and 'two of shop' have the same domain 'a.example': take it from one of them.",
  ],
])('two endpoints that would have one %s are refused, and both are named', (_, endpoints, message) => {
  expect(sharedName(endpoints)).toMatchObject({ refused: 'invalid', code: 'name-wanted-twice', message });
});
