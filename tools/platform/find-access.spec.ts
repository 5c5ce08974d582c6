import { findAccess } from './find-access.ts';

const foundAt = (url: string) =>
  findAccess({ MODAL_SERVER_URL: url, MODAL_TOKEN_ID: 'ak-1', MODAL_TOKEN_SECRET: 'as-1' });

test.each(['http://127.0.0.1:18080', 'https://slipway.example.com'])('%s is an address', (url) => {
  expect(foundAt(url)).toEqual({ url, tokenId: 'ak-1', tokenSecret: 'as-1' });
});

test.each(['127.0.0.1:18080', 'localhost:18080', 'slipway.example.com', 'ftp://127.0.0.1', 'http://'])(
  '%s is a mistake that is said',
  (url) => {
    expect(() => foundAt(url)).toThrow(
      `MODAL_SERVER_URL is ${url}; it is an address with http or https, such as http://127.0.0.1:18080`,
    );
  },
);

const KEPT = new Map([
  ['MODAL_SERVER_URL', 'http://127.0.0.1:18080'],
  ['MODAL_TOKEN_ID', 'ak-kept'],
  ['MODAL_TOKEN_SECRET', 'as-kept'],
]);

test("without a word in the environment this checkout's platform is asked", () => {
  const kept = { url: 'http://127.0.0.1:18080', tokenId: 'ak-kept', tokenSecret: 'as-kept' };
  expect(findAccess({ MODAL_SERVER_URL: '' }, KEPT)).toEqual(kept);
  expect(() => findAccess({}, new Map())).toThrow('./tools/up starts one');
  const withoutToken = new Map([...KEPT].slice(0, 1));
  expect(() => findAccess({}, withoutToken)).toThrow('set MODAL_SERVER_URL, MODAL_TOKEN_ID');
});

test.each([
  [{ MODAL_SERVER_URL: 'https://elsewhere.example.com' }, 'without MODAL_TOKEN_ID and MODAL_TOKEN_SECRET'],
  [{ MODAL_TOKEN_ID: 'ak-1', MODAL_TOKEN_SECRET: 'as-1' }, 'without MODAL_SERVER_URL'],
])('%j is not filled up from the platform here', (environment, message) => {
  expect(() => findAccess(environment, KEPT)).toThrow(message);
});
