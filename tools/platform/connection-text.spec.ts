import { connectionText } from './connection-text.ts';
import { homeAt } from './home.ts';
import { clientEnvironment } from './write-environment-files.ts';

const home = homeAt('/srv/slipway');
const ports = { gateway: 18_080 };
const secrets = { tokenId: 'ak-1', tokenSecret: 'as-1', signingKey: 'key' };

test('clients are told the address and the token that the platform was made with', () => {
  expect(clientEnvironment(ports, secrets, 'valid')).toEqual({
    MODAL_SERVER_URL: 'http://127.0.0.1:18080',
    MODAL_TOKEN_ID: 'ak-1',
    MODAL_TOKEN_SECRET: 'as-1',
  });
  expect(connectionText(home, ports, secrets, 'valid')).toMatch(/the address, a token and the client/);
});

test('a token that lets nobody in is not told, but how to get another, with the link', () => {
  expect(Object.keys(clientEnvironment(ports, secrets, 'turned-away'))).toEqual(['MODAL_SERVER_URL']);
  const text = connectionText(home, ports, secrets, 'turned-away');
  expect(text).not.toMatch('a token and the client');
  expect(text).toMatch(/source \S+ +# the address and the client\n +modal token new /);
  expect(text).toMatch('http://127.0.0.1:18080/token-flow/operator?key=');
});
