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
